"""Residents propose needs and wordings themselves; officials put needs on the agenda."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from deliberation.agenda import access
from deliberation.agenda.models import (
    Body,
    Evidence,
    Need,
    NeedOrigin,
    NeedState,
    Suggestion,
    SuggestionKind,
    Wording,
)
from deliberation.agenda.payloads import NewNeed, OtherTitle, Payload, stored
from deliberation.agenda.rights import Action
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import line
from deliberation.people.actors import Actor
from rooms.models import Message, Neighbourhood

from .announcing import agenda_writing
from .deciding import close
from .editing import THEME_LIMIT, open_need
from .history import EditKind, is_new, kept
from .moving import OPEN, step_to
from .resting import require_here
from .sentences import evidence_store, sentences_store
from .wording import TITLE_LIMIT, whole, worded

MOST_OPEN = 10  # proposals of one person that wait, in one neighbourhood


def need_propose(
    *,
    actor: Actor,
    neighbourhood: Neighbourhood,
    words: str,
    messages: Collection[int],
    at: datetime,
    theme: str = "",
) -> Need:
    """A resident proposes a need, resting on what was said. A person looks at it first.

    Sending the same again gives the need that was made of it.
    """
    access.require(actor, neighbourhood, to=Action.PROPOSE, at=at)
    with agenda_writing(neighbourhood.pk):
        title = line(words, limit=TITLE_LIMIT)
        key = _key(actor, "new", title, *sorted(messages))
        if (known := _known(neighbourhood.pk, SuggestionKind.NEW, key)) and known.need:
            return known.need
        _require_room(actor, neighbourhood.pk)
        need = Need(neighbourhood=neighbourhood, proposed_by_id=actor.id, made_at=at)
        payload = _made(need, title, messages, theme=theme, wording=Wording.PROPOSED)
        _suggested(need, SuggestionKind.NEW, key, title, payload, actor=actor, at=at)
        return need


def wording_propose(
    *, actor: Actor, need: int, words: str, at: datetime, message: int | None = None
) -> Suggestion:
    """A resident proposes another title, resting on one message of the need (or on what its
    title rests on). Sending the same again gives the first."""
    asked = access.need_for(actor, need, to=Action.PROPOSE, at=at)
    with agenda_writing(asked.neighbourhood_id) as log:
        found, title = open_need(log, need), line(words, limit=TITLE_LIMIT)
        key = _key(actor, "title", need, title, message or 0)
        if known := _known(found.neighbourhood_id, SuggestionKind.TITLE, key):
            return known
        _require_room(actor, found.neighbourhood_id)
        rests_on = _rested(found, message)
        spans = tuple(whole(one) for one in rests_on)
        payload = OtherTitle(room=rests_on[0].room_id, title=spans)
        return _suggested(found, SuggestionKind.TITLE, key, title, payload, actor=actor, at=at)


def need_place(
    *,
    actor: Actor,
    neighbourhood: Neighbourhood,
    words: str,
    messages: Collection[int],
    at: datetime,
    theme: str = "",
    body: Body = Body.STAFF,
) -> Need:
    """Put a need on the agenda by the municipality, resting on what residents said. Sending the
    same again gives the first, as long as it is on the agenda."""
    access.require(actor, neighbourhood, to=Action.PLACE, at=at)
    with agenda_writing(neighbourhood.pk) as log:
        title = line(words, limit=TITLE_LIMIT)
        key = _key(actor, "placed", title, *sorted(messages))
        known = _known(neighbourhood.pk, SuggestionKind.NEW, key)
        if known and known.need and known.need.state in OPEN:
            return known.need
        need = Need(neighbourhood=neighbourhood, origin=NeedOrigin.OFFICIAL, body=body, made_at=at)
        need.proposed_by_id = actor.id
        payload = _made(need, title, messages, theme=theme, wording=Wording.EDITED)
        made = _suggested(need, SuggestionKind.NEW, key, title, payload, actor=actor, at=at)
        close(made, Suggestion.State.ACCEPTED, actor=actor, at=at)
        with kept(EditKind.PLACE, need, actor=actor, at=at) as edit:
            is_new(edit, need)
            kind = step_to(need, NeedState.ON_AGENDA, actor=actor, at=at, right=Action.PLACE)
        log.tell(need, kind, actor=actor, at=at)
        return need


def _made(
    need: Need, title: str, messages: Collection[int], *, theme: str, wording: Wording
) -> NewNeed:
    """Store the need with its one sentence. Raises Refused."""
    require_here(need, messages)
    rests_on = list(Message.objects.filter(pk__in=list(messages)).order_by("pk"))
    sentence = worded(title, rests_on)
    need.wording = wording if sentence.text else Wording.RESIDENTS
    need.theme = line(theme, limit=THEME_LIMIT) if theme else ""
    need.save()
    evidence_store(need, {one.pk: Evidence.Kind.PART for one in rests_on})
    sentences_store(need, [sentence])
    parts = tuple(one.pk for one in rests_on)
    return NewNeed(room=rests_on[0].room_id, title=sentence.spans, parts=parts)


def _rested(need: Need, message: int | None) -> list[Message]:
    """What another title rests on. Raises Refused."""
    evidence = Message.objects.filter(evidence__need=need)
    if message is None:
        cited = evidence.filter(citations__sentence__need=need, citations__sentence__place=0)
        found = list(cited.distinct().order_by("pk")) or list(evidence.order_by("pk")[:1])
    else:
        require_here(need, [message])
        found = list(Message.objects.filter(pk=message))
    if not found:
        raise Refused("no_source", gettext_noop("Choose a message that says this."))
    return found


def _suggested(
    need: Need,
    kind: SuggestionKind,
    key: str,
    words: str,
    payload: Payload,
    *,
    actor: Actor,
    at: datetime,
) -> Suggestion:
    people = need.evidence.values("message__author").distinct().count()
    return Suggestion.objects.create(
        neighbourhood_id=need.neighbourhood_id,
        kind=kind,
        key=key,
        need=need,
        payload=stored(payload),
        words=words,
        people=people,
        by_id=actor.id,
        by_engine=False,
        at=at,
    )


def _known(neighbourhood: int, kind: SuggestionKind, key: str) -> Suggestion | None:
    wanted = {"neighbourhood": neighbourhood, "kind": kind, "key": key}
    return Suggestion.objects.select_related("need").filter(**wanted).first()


def _key(actor: Actor, *parts: object) -> str:
    """The same for the same words of the same person."""
    said = "/".join(map(str, (actor.person, *parts)))
    return f"by:{sha256(said.encode()).hexdigest()[:32]}"


def _require_room(actor: Actor, neighbourhood: int) -> None:
    """Nobody fills the queue alone. Raises Refused."""
    mine = Suggestion.objects.filter(neighbourhood=neighbourhood, by=actor.person)
    if mine.filter(state=Suggestion.State.OPEN).count() >= MOST_OPEN:
        raise Refused(
            "too_many",
            gettext_noop(
                "%(limit)s proposals of yours still wait to be looked at. "
                "Your text is kept. Try again when one is decided."
            ),
            values={"limit": MOST_OPEN},
        )
