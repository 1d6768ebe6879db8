"""One need that is two."""

from collections.abc import Collection, Sequence
from datetime import datetime

from deliberation.agenda.models import (
    Evidence,
    Need,
    NeedState,
    Suggestion,
    SuggestionKind,
    Wording,
)
from deliberation.agenda.rights import Action
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from deliberation.protocol import events
from rooms.models import Message

from .announcing import AgendaWriting
from .editing import require_open
from .history import EditKind, is_new, kept
from .holding import holding
from .moving import step_to
from .resting import take_out
from .sentences import Wanted, evidence_store
from .wording import first_sentence, reword


def need_split(
    *,
    actor: Actor,
    need: int | str,
    messages: Collection[int],
    at: datetime,
    sentences: Sequence[Wanted] = (),
) -> Need:
    """Make a new need of these messages, and give it. One split off a need on the agenda is on
    the agenda; it is worded by `sentences` (title first), or by what its messages say."""
    with holding(actor, need, to=Action.REVIEW, at=at) as (log, found):
        require_open(found)
        return split(log, found, messages, sentences, Wording.EDITED, actor=actor, at=at)


def split(
    log: AgendaWriting,
    source: Need,
    messages: Collection[int],
    sentences: Sequence[Wanted],
    wording: Wording,
    *,
    actor: Actor,
    at: datetime,
    suggestion: Suggestion | None = None,
) -> Need:
    """The same, for services that checked rights."""
    with kept(EditKind.SPLIT, source, actor=actor, at=at, suggestion=suggestion) as edit:
        taken = take_out(source, messages)
        if Evidence.Kind.PART not in taken.values():
            raise Refused(
                "no_source", gettext_noop("Choose which messages the new need rests on first.")
            )
        made = Need.objects.create(
            neighbourhood_id=source.neighbourhood_id,
            theme=source.theme,
            origin=source.origin,
            body=source.body,
            made_at=at,
        )
        is_new(edit, made)
        evidence_store(made, taken)
        parts = [one for one, kind in taken.items() if kind == Evidence.Kind.PART]
        reword(made, sentences or _own_words(parts), wording if sentences else Wording.RESIDENTS)
        if source.state == NeedState.SUGGESTED:
            _queue(made, actor=actor, at=at)
        else:
            step_to(made, NeedState.ON_AGENDA, actor=actor, at=at)
    log.tell(source, events.NeedChanged, actor=actor, at=at)
    log.tell(made, events.NeedListed, actor=actor, at=at)
    return made


def _own_words(messages: Collection[int]) -> list[Wanted]:
    first = Message.objects.filter(pk__in=messages).order_by("pk")[0]
    return [Wanted((first_sentence(first),))]


def _queue(need: Need, *, actor: Actor, at: datetime) -> None:
    """What is split off a suggestion waits to be decided on as well."""
    people = need.evidence.values("message__author").distinct().count()
    Suggestion.objects.create(
        neighbourhood_id=need.neighbourhood_id,
        kind=SuggestionKind.NEW,
        key=f"need:{need.pk}",
        need=need,
        people=people,
        by_id=actor.id,
        by_engine=False,
        at=at,
    )
