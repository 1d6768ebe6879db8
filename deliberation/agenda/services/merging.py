"""Several needs that are one."""

from collections.abc import Collection, Sequence
from datetime import datetime

from deliberation.agenda import access
from deliberation.agenda.models import Contest, Follow, Need, NeedState, Suggestion, Support
from deliberation.agenda.rights import Action
from deliberation.agenda.selectors.words import titles
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from deliberation.protocol import events

from .announcing import AgendaWriting, agenda_writing
from .deciding import close, open_new
from .editing import open_need
from .history import EditKind, kept
from .moving import step_to
from .reasons import in_site_language, name_of
from .resting import kinds_of, require_other
from .supporting import asked_by_support
from .wording import rest_on

# How far along its life a need is: what is owed to residents never gets lost in a merge.
FAR = (
    NeedState.SUGGESTED,
    NeedState.ON_AGENDA,
    NeedState.ASKED,
    NeedState.ANSWERED,
    NeedState.UNDER_WAY,
)


def need_merge(*, actor: Actor, needs: Collection[int], into: int, at: datetime) -> Need:
    """Put everything of `needs` in one: messages, supporters, followers, what is contested.

    Raises Refused where one of them is further in its life than the one that stays.
    """
    goal = access.need_for(actor, into, to=Action.REVIEW, at=at)
    if not needs:
        raise Refused("same_need", gettext_noop("Choose another need."))
    for one in needs:
        require_other(access.need_for(actor, one, to=Action.REVIEW, at=at), goal)
    with agenda_writing(goal.neighbourhood_id) as log:
        return merge(log, needs, into, actor=actor, at=at)


def merge(
    log: AgendaWriting,
    needs: Collection[int],
    into: int,
    *,
    actor: Actor,
    at: datetime,
    suggestion: Suggestion | None = None,
) -> Need:
    """The same, for services that checked rights."""
    held = {pk: open_need(log, pk) for pk in sorted({*needs, into})}
    goal, sources = held[into], [held[pk] for pk in sorted(set(needs))]
    _require_furthest(goal, sources)
    name = name_of(goal.kenmerk, titles([into]).get(into, ""))
    reason = in_site_language(gettext_noop("Merged with %(need)s."), need=name)
    with kept(EditKind.MERGE, goal, *sources, actor=actor, at=at, suggestion=suggestion):
        for source in sources:
            _move(source, goal)
            close(open_new(source), Suggestion.State.ACCEPTED, actor=actor, at=at)
            step_to(source, NeedState.CLOSED, actor=actor, at=at, reason=reason)
    for source in sources:
        log.tell(source, events.NeedClosed, actor=actor, at=at)
    kind = asked_by_support(goal, actor=actor, at=at) or events.NeedChanged
    log.tell(goal, kind, actor=actor, at=at)
    return goal


def is_further(state: str, than: str) -> bool:
    """Whether more is owed in one state than in the other."""
    far = [str(one) for one in FAR]
    return state in far and than in far and far.index(state) > far.index(than)


def _move(source: Need, goal: Need) -> None:
    rest_on(goal, kinds_of(source) | kinds_of(goal))
    source.evidence.all().delete()
    for rows in (Support.objects, Follow.objects):
        known = rows.filter(need=goal).values("person")
        rows.filter(need=source).exclude(
            person__in=list(known.values_list("person", flat=True))
        ).update(need=goal)
    Contest.objects.filter(need=source).update(need=goal)
    source.merged_into = goal
    source.save(update_fields=["merged_into"])


def _require_furthest(goal: Need, sources: Sequence[Need]) -> None:
    for source in sources:
        if is_further(source.state, goal.state):
            raise Refused(
                "merge_other_way",
                gettext_noop(
                    "Merge it the other way round: %(need)s is further, so it has to stay."
                ),
                values={"need": source.kenmerk or ""},
            )
