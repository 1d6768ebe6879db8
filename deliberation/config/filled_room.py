"""An open room with as many messages as asked, and a poll in it, for measuring."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from deliberation.eventlog.log import writing
from deliberation.kernel.clock import now
from deliberation.kernel.ids import new_ref
from deliberation.people.actors import Actor, actor_of
from deliberation.people.models import Person
from deliberation.people.roles import Role
from rooms.models import Neighbourhood, Poll, Room
from rooms.services import (
    meeting_open,
    meeting_plan,
    message_post,
    poll_new,
    poll_open,
    room_new,
    room_open,
    thread_open,
)

_BATCH = 500  # messages in one transaction
_CHARTER = {
    "purpose": "Meten hoe snel een gesprek gaat.",
    "question": "Hoeveel berichten kan een kamer aan?",
    "influence": "inform",
    "outcome": "Een tabel met cijfers.",
    "decided_by": "Niemand",
    "decided_when": "Na elke meting",
    "house_rules": "1",
    "moderators": "Niemand",
}
_WORDS = (
    "Zullen we zaterdag samen het speelveld opruimen? Ik breng koffie mee en wie een hark heeft, "
    "neem die mee. Tot dan!"
)


def filled_room(slug: str, messages: int, *, grown: Callable[[int], object]) -> int:
    """Makes the room with one thread that holds `messages` messages; returns the thread's id.

    `grown` hears how many messages were added. Raises Refused when the slug is taken.
    """
    keeper = _keeper()
    place, _ = Neighbourhood.objects.get_or_create(slug="bench", defaults={"name": "Meetbuurt"})
    room = room_new(
        actor=keeper, neighbourhood=place, slug=slug, title=slug.capitalize(), charter=_CHARTER
    )
    room_open(actor=keeper, room=room, at=now())
    opening = partial(thread_open, actor=keeper, room=room, ref=new_ref(), at=now())
    thread = opening(title="Zaterdag", kind="activity", body=_WORDS).id
    for first in range(1, messages, _BATCH):
        size = min(_BATCH, messages - first)
        with writing():
            for _ in range(size):
                message_post(
                    actor=keeper, room=room, ref=new_ref(), thread=thread, body=_WORDS, at=now()
                )
        grown(size)
    return thread


def open_poll(room: Room, options: int) -> int:
    """A meeting that goes on, with a poll in which people vote; returns the poll's id."""
    at = now()
    common: dict[str, Any] = {"actor": _keeper(), "room": room, "at": at}
    begins = at + timedelta(minutes=1)
    times: dict[str, Any] = {"starts_at": begins, "ends_at": begins + timedelta(hours=1)}
    meeting = meeting_plan(
        **common, ref=new_ref(), title="Meting", place="Zaal", points=[], **times
    ).id
    meeting_open(**common, ref=new_ref(), meeting=meeting)
    answers = [f"Antwoord {number}" for number in range(1, options + 1)]
    asked: dict[str, Any] = {
        "question": "Hoe snel gaat het?",
        "kind": "single",
        "options": answers,
        "live": True,
    }
    poll_new(**common, ref=new_ref(), meeting=meeting, **asked)
    poll = Poll.objects.filter(meeting=meeting).latest("pk").pk
    poll_open(**common, ref=new_ref(), meeting=meeting, poll=poll)
    return poll


def _keeper() -> Actor:
    person = Person.objects.create_user(None, name="Meetploeg", roles=[Role.MANAGER.value])
    return actor_of(person, at=now())
