"""Joining a room: a name that nobody else writes under in this neighbourhood."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from deliberation.people.joining import checked_name, guest
from deliberation.people.models import Person

from .models import Message, Room


def join(*, room: Room, name: str, at: datetime, form: UUID | None = None) -> Person:
    """A new guest. Raises Refused with a code that starts with `name_`.

    `form` is the reference of a form that makes the guest and posts in one go.
    """
    return guest(checked_name(name, taken=_names_in(room, form)), at=at, form=form)


def _names_in(room: Room, form: UUID | None) -> list[str]:
    """Who writes in this neighbourhood, by name; a form sent twice doesn't meet itself."""
    here = Message.objects.filter(author=OuterRef("pk"), room__neighbourhood=room.neighbourhood_id)
    people = Person.objects.filter(Exists(here))
    if form is not None:
        people = people.exclude(messages__ref=form)
    return list(people.values_list("name", flat=True))
