"""Builders of needs: given.a_need(room), given.an_answer(need).

A need is made as the follower makes it, and then walks its life by the same steps as elsewhere.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from deliberation.agenda.models import (
    Evidence,
    Milestone,
    Need,
    NeedState,
    Outcome,
    Response,
    Suggestion,
    SuggestionKind,
    Support,
)
from deliberation.agenda.services.announcing import agenda_writing
from deliberation.agenda.services.moving import step_to
from deliberation.agenda.services.sentences import Span, Wanted, evidence_store, sentences_store
from deliberation.people.actors import Actor
from deliberation.people.models import Person
from deliberation.people.roles import Role
from rooms.models import Message, Room, Thread
from tests import given
from tests.fakes import EVENING

BODIES = (
    "Veilig oversteken bij de school.",
    "Mijn dochter durft hier niet over te steken.",
    "Er moet een zebrapad komen bij de school.",
)
WORDS = "Veilig oversteken bij de school moet kunnen."
_WAY = {  # the states on the way to one
    NeedState.SUGGESTED: (),
    NeedState.ON_AGENDA: (NeedState.ON_AGENDA,),
    NeedState.ASKED: (NeedState.ON_AGENDA, NeedState.ASKED),
    NeedState.ANSWERED: (NeedState.ON_AGENDA, NeedState.ASKED, NeedState.ANSWERED),
    NeedState.UNDER_WAY: (
        NeedState.ON_AGENDA,
        NeedState.ASKED,
        NeedState.ANSWERED,
        NeedState.UNDER_WAY,
    ),
    NeedState.DONE: (NeedState.ON_AGENDA, NeedState.ASKED, NeedState.ANSWERED, NeedState.DONE),
    NeedState.CLOSED: (NeedState.ON_AGENDA, NeedState.CLOSED),
}


def a_need(
    room: Room,
    messages: Sequence[Message] = (),
    *,
    state: NeedState = NeedState.ON_AGENDA,
    summary: Sequence[Wanted] = (),
    support: Sequence[Message] = (),
    at: datetime = EVENING,
    **fields: Any,
) -> Need:
    """A need that rests on `messages` (or on a new one); the first, whole, is its title.

    Without `summary` each message says one sentence of it. `support`: short answers that agree.
    """
    parts = list(messages) or [given.a_message(room, body=WORDS, at=at)]
    wanted = {"theme": "traffic", "made_at": at} | fields
    need = Need.objects.create(neighbourhood=room.neighbourhood, **wanted)
    title = Wanted((whole(parts[0]),))
    sentences_store(need, [title, *(summary or [Wanted((whole(one),)) for one in parts])])
    kinds = {one.pk: Evidence.Kind.PART for one in parts}
    evidence_store(need, kinds | {one.pk: Evidence.Kind.SUPPORT for one in support})
    return move(need, *_WAY[state], at=at)


def a_suggestion(
    room: Room,
    bodies: Sequence[str] = BODIES,
    *,
    on: Sequence[Message] = (),
    at: datetime = EVENING,
    **fields: Any,
) -> Need:
    """A need that nobody decided on yet, with the suggestion that waits in the queue.

    Its title is the first of new messages with `bodies` (or of those it is `on`), each by
    someone else; its summary the second.
    """
    parts = list(on) or said(room, bodies, at=at)
    summary = [quote(one) for one in parts[1:2]]
    state = NeedState.SUGGESTED
    need = a_need(room, parts, state=state, summary=summary, at=at, **fields)
    Suggestion.objects.create(
        neighbourhood=room.neighbourhood,
        kind=SuggestionKind.NEW,
        key=f"need-{need.pk}",
        need=need,
        people=len({one.author_id for one in parts}),
        at=at,
    )
    return need


def said(
    room: Room,
    bodies: Sequence[str] = BODIES,
    *,
    at: datetime = EVENING,
    thread: Thread | None = None,
) -> list[Message]:
    """A message for each of `bodies`, each by another resident, in one conversation."""
    place = thread or given.a_thread(room, "Oversteken", body="Hoe is dat bij jullie?", at=at)
    return [given.a_message(room, place, body, at=at) for body in bodies]


def quote(message: Message, words: str = "") -> Wanted:
    """A sentence that is exactly these words of a message; without `words`, all of it."""
    start = message.body.index(words)
    return Wanted((Span(message.pk, start, start + len(words or message.body)),))


def whole(message: Message) -> Span:
    """All words of a message."""
    return Span(message.pk, 0, len(message.body))


def move(need: Need, *states: NeedState, at: datetime = EVENING, reason: str = "Klaar.") -> Need:
    """The need, moved on step by step by who may do everything, and told."""
    for state in states:
        with agenda_writing(need.neighbourhood_id) as log:
            held = log.need(need.pk)
            kind = step_to(held, state, actor=_anyone(), at=at, reason=reason)
            log.tell(held, kind, actor=_anyone(), at=at)
    return Need.objects.get(pk=need.pk)


def an_answer(
    need: Need,
    *,
    outcome: Outcome = Outcome.TAKEN_OVER,
    reason: str = "Er komt een zebrapad.",
    by: Person | None = None,
    at: datetime = EVENING,
    **fields: Any,
) -> Response:
    """A published answer."""
    official = by or given.an_official()
    published = {"state": Response.State.PUBLISHED, "publisher": official, "published_at": at}
    return Response.objects.create(
        need=need,
        outcome=outcome,
        reason=reason,
        author=official,
        drafted_at=at,
        **published | fields,
    )


def a_milestone(
    need: Need, text: str = "Het zebrapad ligt er.", *, on: date | None = None, **fields: Any
) -> Milestone:
    return Milestone.objects.create(
        need=need, text=text, on=on or EVENING.date(), **{"at": EVENING} | fields
    )


def support(need: Need, *people: Person, at: datetime = EVENING) -> None:
    """These people want an answer."""
    Support.objects.bulk_create(Support(need=need, person=one, at=at) for one in people)


def _anyone() -> Actor:
    return Actor(id=None, roles=frozenset(Role))
