"""Another name, beside everything one wrote before as well."""

from datetime import datetime

from deliberation.eventlog.log import writing
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from deliberation.people.joining import checked_name
from deliberation.people.models import Person
from deliberation.protocol import events
from rooms.models import Message, Room

from .places import hold, resident


def rename(*, actor: Actor, name: str, at: datetime) -> Person:
    """Change one's name in every room, also on screens that are open. Raises Refused."""
    with writing() as log:
        person = resident(actor)
        _require_free(actor)
        rooms = hold(log, person.pk)
        wanted = checked_name(name, taken=_others(person, rooms))
        if wanted == person.name:
            return person
        person.name = wanted
        person.save(update_fields=["name"])
        for room in rooms:
            stream = room.public_stream
            event = events.AuthorChanged(
                seq=log.next(stream), at=at, author=person.pk, becomes=person.author()
            )
            log.append(stream, event, actor=person.pk, subject=person.pk)
    return person


def _require_free(actor: Actor) -> None:
    """A ban holds for a name too: with a new one it would be words after all."""
    if actor.bans:
        raise Refused(
            "banned",
            gettext_noop("You can't change your name until %(until)s. It stays as it is."),
            values={"until": max(actor.bans.values())},
        )


def _others(person: Person, rooms: list[Room]) -> list[str]:
    """Who else writes in the neighbourhoods where this person writes, by name."""
    places = {room.neighbourhood_id for room in rooms}
    near = Message.objects.filter(room__neighbourhood__in=places).exclude(author=person.pk)
    people = Person.objects.filter(pk__in=near.values("author"))
    return list(people.values_list("name", flat=True))
