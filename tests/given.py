"""Builders that read as sentences: given.a_room(), given.a_resident("Fatima").

Everything is made by the same services as in production; only accounts, which have no service
without a browser, are rows.
"""

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from deliberation.kernel.ids import derived_ref, new_ref
from deliberation.people.actors import Actor, actor_of
from deliberation.people.models import Person
from deliberation.people.roles import Role
from moderation.models import WatchCursor
from moderation.services import person_ban
from rooms.models import Meeting, Message, Neighbourhood, Room, Thread
from rooms.services import (
    meeting_close,
    meeting_open,
    meeting_plan,
    message_post,
    room_mode,
    room_new,
    room_open,
    thread_open,
)

from .fakes import EVENING

A_CHARTER = {
    "purpose": "Samen de straat leefbaar houden.",
    "question": "Wat heeft de Kade nodig?",
    "influence": "advise",
    "outcome": "De gemeente antwoordt op elk voorstel.",
    "decided_by": "De wethouder",
    "decided_when": "Voor de zomer",
    "house_rules": "2026-1",
    "moderators": "Team Kade",
}
_numbers = count(1)


def a_resident(name: str = "Fatima", *, email: str | None = None, **fields: Any) -> Person:
    """A person with no more than a name, as a guest has."""
    return Person.objects.create_user(email, name=name, **{"joined_at": EVENING} | fields)


def staff(role: Role, name: str) -> Person:
    """A member of staff with one role."""
    return a_resident(name, email=f"{name}{next(_numbers)}@gemeente.test", roles=[role.value])


def a_manager(name: str = "Mieke") -> Person:
    return staff(Role.MANAGER, name)


def an_official(name: str = "Olaf") -> Person:
    return staff(Role.OFFICIAL, name)


def a_council_member(name: str = "Corrie") -> Person:
    return staff(Role.COUNCIL, name)


def an_administrator(name: str = "Ada") -> Person:
    return staff(Role.ADMINISTRATOR, name)


def acting(person: Person | None, *, at: datetime = EVENING) -> Actor:
    """The person as a command sees them; None is a visitor."""
    return actor_of(person, at=at)


def a_neighbourhood(slug: str = "kade", name: str = "De Kade") -> Neighbourhood:
    return Neighbourhood.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def a_draft(slug: str = "", *, by: Person | None = None, **charter: str) -> Room:
    """A room that is not open yet, with a full charter but for what `charter` says."""
    slug = slug or f"plein-{next(_numbers)}"
    return room_new(
        actor=acting(by or _keeper()),
        neighbourhood=a_neighbourhood(),
        slug=slug,
        title=slug.capitalize(),
        charter=A_CHARTER | charter,
    )


def a_room(slug: str = "", *, by: Person | None = None, at: datetime = EVENING) -> Room:
    """An open room."""
    room = a_draft(slug, by=by)
    room_open(actor=acting(by or _keeper()), room=room, at=at)
    return room


def unwatched(room: Room) -> None:
    """The watches read nothing here: what a test says is nobody's flood, and no case of theirs."""
    WatchCursor.objects.update_or_create(room=room, defaults={"seq": 2**40})


def a_mode(room: Room, mode: str, **fields: Any) -> Room:
    """The room, put in `mode` until the next day."""
    until = EVENING.replace(day=EVENING.day + 1)
    seconds = 60 if mode == "slow" else 0
    wanted = {"reason": "Het liep hoog op.", "until": until, "slow_seconds": seconds} | fields
    if mode == "checked":
        wanted = {"basis": "Noodbevel van de burgemeester, artikel 175 Gemeentewet"} | wanted
    room_mode(
        actor=acting(_keeper()), room=room, ref=new_ref(), mode=mode, **{"at": EVENING} | wanted
    )
    return room


def a_thread(
    room: Room,
    title: str = "Te weinig licht",
    *,
    by: Person | None = None,
    kind: str = "need",
    body: str = "Het is hier 's avonds erg donker.",
    at: datetime = EVENING,
    ref: UUID | None = None,
) -> Thread:
    """A thread with its first message."""
    author = by or a_resident("Opener")
    done = thread_open(
        actor=acting(author, at=at),
        room=room,
        ref=ref or new_ref(),
        title=title,
        kind=kind,
        body=body,
        at=at,
    )
    return Thread.objects.get(pk=done.id)


def a_message(
    room: Room,
    thread: Thread | None = None,
    body: str = "Dat vind ik ook.",
    *,
    by: Person | None = None,
    at: datetime = EVENING,
    **fields: Any,
) -> Message:
    """A message in the thread (or in a new one)."""
    author, place = by or a_resident("Schrijver"), thread or a_thread(room, at=at)
    wanted = {"ref": new_ref(), "thread": place.pk, "body": body} | fields
    done = message_post(actor=acting(author, at=at), room=room, at=at, **wanted)
    return Message.objects.get(pk=done.id)


def a_ban(
    person: Person,
    room: Room,
    *,
    until: datetime | None = None,
    everywhere: bool = False,
    at: datetime = EVENING,
) -> None:
    """The person may not write in the room (or anywhere) for a day."""
    person_ban(
        actor=acting(_keeper()),
        room=room,
        ref=new_ref(),
        person=person.pk,
        ground="insult",
        reason="Bleef schelden.",
        until=until or at.replace(day=at.day + 1),
        at=at,
        everywhere=everywhere,
    )


def a_meeting(room: Room, phase: str = "planned", *, at: datetime = EVENING) -> Meeting:
    """A meeting that begins within the hour, goes on, or is over."""
    by = {"actor": acting(_keeper(), at=at), "room": room, "at": at}
    begins = at + timedelta(minutes=30)
    done = meeting_plan(
        **by,
        ref=new_ref(),
        title="Avond in het buurthuis",
        place="Buurthuis",
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        points=[],
    )
    if phase != "planned":
        meeting_open(**by, ref=new_ref(), meeting=done.id)
    if phase == "closed":
        meeting_close(**by, ref=new_ref(), meeting=done.id)
    return Meeting.objects.get(pk=done.id)


def a_ref(*parts: object) -> UUID:
    """The same reference for the same words."""
    return derived_ref("tests", *parts)


def _keeper() -> Person:
    """The manager who prepares what a test starts from."""
    found = Person.objects.filter(name="Beheer").first()
    return found or a_manager("Beheer")
