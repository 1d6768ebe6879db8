"""An open room with as many messages as asked, for measuring."""

from collections.abc import Callable
from functools import partial

from deliberation.eventlog.log import writing
from deliberation.kernel.clock import now
from deliberation.kernel.ids import new_ref
from deliberation.people.actors import actor_of
from deliberation.people.models import Person
from deliberation.people.roles import Role
from rooms.models import Neighbourhood
from rooms.services import message_post, room_new, room_open, thread_open

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
    person = Person.objects.create_user(None, name="Meetploeg", roles=[Role.MANAGER.value])
    keeper = actor_of(person, at=now())
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
