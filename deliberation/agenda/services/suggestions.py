"""Deciding on what the engine or a resident suggests."""

from datetime import datetime

from deliberation.agenda.models import (
    Evidence,
    Need,
    NeedState,
    Suggestion,
    SuggestionKind,
    Wording,
)
from deliberation.agenda.payloads import Merge, MoreMessages, OtherTitle, Split, payload_of
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import REASON_LIMIT, line
from deliberation.people.actors import Actor
from deliberation.protocol import events
from rooms.models import Message, MessageState

from .accepting import need_accept
from .announcing import AgendaWriting, agenda_writing
from .deciding import close, held_open, suggestion_for
from .editing import open_need, retitle
from .history import EditKind, kept
from .merging import is_further, merge
from .moving import step_to
from .resting import add, shown_here
from .sentences import Wanted
from .splitting import split
from .wording import wanted_now


def suggestion_accept(*, actor: Actor, suggestion: int, at: datetime) -> Need:
    """Do as was suggested; gives the need that it is about now."""
    asked = suggestion_for(actor, suggestion, at=at)
    with agenda_writing(asked.neighbourhood_id) as log:
        held = held_open(suggestion)
        need = _followed(held.need)
        if held.kind == SuggestionKind.NEW:
            return need_accept(actor=actor, need=need, at=at)
        made = _carried_out(log, held, need, actor=actor, at=at)
        close(held, Suggestion.State.ACCEPTED, actor=actor, at=at)
        return made


def suggestion_dismiss(*, actor: Actor, suggestion: int, reason: str, at: datetime) -> Suggestion:
    """Don't do it, with a reason. A need that was only suggested is closed."""
    asked = suggestion_for(actor, suggestion, at=at)
    with agenda_writing(asked.neighbourhood_id) as log:
        held = held_open(suggestion)
        why = line(reason, limit=REASON_LIMIT)
        new = held.need_id and held.kind == SuggestionKind.NEW
        needs = [log.need(held.need_id)] if held.need_id and new else []
        kind = EditKind.DISMISS
        with kept(kind, *needs, actor=actor, at=at, reason=why, suggestion=held):
            for need in needs:
                if need.state == NeedState.SUGGESTED:
                    step_to(need, NeedState.CLOSED, actor=actor, at=at, reason=why)
            close(held, Suggestion.State.DISMISSED, actor=actor, at=at, reason=why)
        for need in needs:
            log.tell(need, events.NeedClosed, actor=actor, at=at)
        return held


def _followed(need: Need | None) -> int:
    """The need, or what it was merged into. Raises Refused."""
    while need is not None and need.merged_into is not None:
        need = need.merged_into
    if need is None:
        raise Refused("no_need", gettext_noop("The need that this is about is not there any more."))
    return need.pk


def _carried_out(
    log: AgendaWriting, held: Suggestion, need: int, *, actor: Actor, at: datetime
) -> Need:
    match payload_of(held):
        case MoreMessages(parts=parts, support=support):
            found = open_need(log, need)
            kinds = dict.fromkeys(support, Evidence.Kind.SUPPORT)
            kinds |= dict.fromkeys(parts, Evidence.Kind.PART)
            here = shown_here(found, kinds)
            wanted = {one: kind for one, kind in kinds.items() if one in here}
            add(log, found, wanted, actor=actor, at=at, suggestion=held)
            return found
        case Merge(needs=needs):
            first, second = (_followed(Need.objects.filter(pk=one).first()) for one in needs)
            goal, source = _furthest_first(first, second)
            return merge(log, [source], goal, actor=actor, at=at, suggestion=held)
        case Split(parts=parts) as words:
            found, title = open_need(log, need), _standing(words.wanted())
            return split(
                log, found, parts, title, Wording.RESIDENTS, actor=actor, at=at, suggestion=held
            )
        case OtherTitle() as words:
            found = open_need(log, need)
            sentences = _standing(words.wanted())
            if held.words and sentences:
                sentences[0] = Wanted(sentences[0].spans, held.words)
            if sentences and not words.summary:
                sentences += _readable(wanted_now(found)[1:])
            wording = _whose_words(held, words)
            retitle(log, found, sentences, wording, suggestion=held, actor=actor, at=at)
            return found
    raise ValueError(f"nothing to do for {held.kind}")


def _furthest_first(first: int, second: int) -> tuple[int, int]:
    """The one that stays and the one that goes into it: what is further in its life stays."""
    state = dict(Need.objects.filter(pk__in=(first, second)).values_list("pk", "state"))
    return (second, first) if is_further(state[second], state[first]) else (first, second)


def _whose_words(held: Suggestion, words: OtherTitle) -> Wording | None:
    if words.by_model:
        return Wording.MODEL
    return None if held.by_engine else Wording.PROPOSED


def _standing(wanted: list[Wanted]) -> list[Wanted]:
    """The sentences whose messages can all still be read; none without the title."""
    kept = _readable(wanted)
    return kept if kept[:1] == wanted[:1] else []


def _readable(wanted: list[Wanted]) -> list[Wanted]:
    cited = {span.message for one in wanted for span in one.spans}
    shown = Message.objects.filter(pk__in=cited, state=MessageState.SHOWN)
    there = set(shown.values_list("pk", flat=True))
    return [one for one in wanted if one.spans and there.issuperset(_messages_of(one))]


def _messages_of(one: Wanted) -> set[int]:
    return {span.message for span in one.spans}
