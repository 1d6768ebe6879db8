"""Rooms and people for a running server, made in one go in a process of its own."""

import json

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from deliberation.config.members import members, sign_in
from deliberation.eventlog.log import writing
from deliberation.kernel.clock import now
from deliberation.people.models import Person
from deliberation.people.signin import DEMO
from rooms.models import Room, Thread
from tests import given


def prepare(rooms: int, people: int) -> None:
    """Prints JSON: rooms with a thread each, residents and one manager with a cookie each."""
    places = []
    for _ in range(rooms):
        thread = given.a_thread(given.a_room(at=now()), at=now())
        places.append([thread.room.slug, thread.pk])
    cookies = list(members(places[0][0], people))
    residents = Person.objects.filter(source__startswith=f"bench:{places[0][0]}:").order_by("pk")
    manager = given.a_manager()
    print(
        json.dumps(
            {
                "rooms": places,
                "residents": [
                    [person.pk, person.name, cookie]
                    for person, cookie in zip(residents, cookies, strict=True)
                ],
                "manager": [manager.pk, manager.name, signed_in_with_code(manager)],
            }
        )
    )


def fill(slug: str, count: int, size: int = 0) -> None:
    """That many more messages in the room's first thread, of at least `size` characters."""
    room = Room.objects.get(slug=slug)
    thread, author = Thread.objects.filter(room=room).first(), given.a_resident("Vulling")
    assert thread is not None
    with writing():
        for number in range(count):
            given.a_message(
                room, thread, f"Bericht {number} ".ljust(size, "x"), by=author, at=now()
            )


def signed_in_with_code(person: Person) -> str:
    """Staff count only after their second factor."""
    (cookie,) = sign_in([person])
    row = Session.objects.get(session_key=cookie.partition("=")[2])
    session = SessionStore(row.session_key)
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": DEMO, "at": now().timestamp()}]
    session.save()
    return cookie
