"""Which messages a need rests on: adding, removing, moving them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from deliberation.agenda import access
from deliberation.agenda.models import Evidence, Need, Suggestion
from deliberation.agenda.rights import Action
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from deliberation.protocol import events
from rooms.models import Message, MessageState

from .announcing import AgendaWriting, agenda_writing
from .editing import open_need, require_open
from .history import EditKind, changes, kept
from .holding import holding
from .wording import rest_on

Kinds = dict[int, Evidence.Kind]


def evidence_add(*, actor: Actor, need: int | str, messages: Collection[int], at: datetime) -> Need:
    """Have a need rest on these messages as well."""
    with holding(actor, need, to=Action.REVIEW, at=at) as (log, found):
        require_open(found)
        add(log, found, dict.fromkeys(messages, Evidence.Kind.PART), actor=actor, at=at)
        return found


def evidence_remove(
    *, actor: Actor, need: int | str, messages: Collection[int], at: datetime
) -> Need:
    """These messages are about something else. What only they said leaves the summary."""
    with holding(actor, need, to=Action.REVIEW, at=at) as (log, found):
        require_open(found)
        with kept(EditKind.EVIDENCE, found, actor=actor, at=at) as edit:
            take_out(found, messages)
        if edit.pk:
            log.tell(found, events.NeedChanged, actor=actor, at=at)
        return found


def evidence_move(
    *, actor: Actor, need: int, messages: Collection[int], into: int, at: datetime
) -> Need:
    """These messages are about another need. Gives the one that they go to."""
    source = access.need_for(actor, need, to=Action.REVIEW, at=at)
    goal = access.need_for(actor, into, to=Action.REVIEW, at=at)
    require_other(source, goal)
    with agenda_writing(source.neighbourhood_id) as log:
        held = {pk: open_need(log, pk) for pk in sorted({need, into})}
        source, goal = held[need], held[into]
        with kept(EditKind.EVIDENCE, source, goal, actor=actor, at=at) as edit:
            moved = take_out(source, messages)
            rest_on(goal, moved | kinds_of(goal))
        if edit.pk:
            for one in (source, goal):
                log.tell(one, events.NeedChanged, actor=actor, at=at)
        return goal


def add(
    log: AgendaWriting,
    need: Need,
    wanted: Mapping[int, Evidence.Kind],
    *,
    actor: Actor,
    at: datetime,
    suggestion: Suggestion | None = None,
) -> None:
    """Have it rest on more, and tell. For services that checked rights."""
    require_here(need, wanted)
    with kept(EditKind.EVIDENCE, need, actor=actor, at=at, suggestion=suggestion) as edit:
        rest_on(need, dict(wanted) | kinds_of(need))
    if changes(edit):
        log.tell(need, events.NeedChanged, actor=actor, at=at)


def take_out(need: Need, messages: Collection[int]) -> Kinds:
    """Have the need no longer rest on these; gives how it did. Raises Refused for the last."""
    now = kinds_of(need)
    taken = {one: kind for one, kind in now.items() if one in set(messages)}
    if taken:
        rest_on(need, {one: kind for one, kind in now.items() if one not in taken})
    return taken


def kinds_of(need: Need) -> Kinds:
    return {one.message_id: Evidence.Kind(one.kind) for one in need.evidence.order_by("message")}


def shown_here(need: Need, messages: Collection[int]) -> set[int]:
    """Which of these everyone in the need's neighbourhood can read."""
    here = Message.objects.filter(
        pk__in=list(messages), state=MessageState.SHOWN, room__neighbourhood=need.neighbourhood_id
    )
    return set(here.exclude(room__opened_at=None).values_list("pk", flat=True))


def require_here(need: Need, messages: Collection[int]) -> None:
    """At least one message, and all for everyone to read. Raises Refused."""
    if not messages or shown_here(need, messages) != set(messages):
        raise Refused(
            "no_message",
            gettext_noop("A message is not shown here any more. Reload the page to see which."),
        )


def require_other(need: Need, goal: Need) -> None:
    """Two needs of one neighbourhood. Raises Refused."""
    if need.pk == goal.pk:
        raise Refused("same_need", gettext_noop("Choose another need."))
    if need.neighbourhood_id != goal.neighbourhood_id:
        raise Refused(
            "other_neighbourhood", gettext_noop("That need is on the agenda of another place.")
        )
