"""Whom residents meet in a neighbourhood: the staff who write there."""

from deliberation.people.models import Person
from deliberation.protocol.shapes import Author
from rooms.models import Message, Neighbourhood


def known(place: Neighbourhood) -> list[Author]:
    """Staff with words in an open room of this neighbourhood, by name, with their badge."""
    here = Message.objects.filter(
        room__neighbourhood=place, room__opened_at__isnull=False, state="shown"
    )
    people = Person.objects.filter(is_active=True, pk__in=here.values("author")).exclude(roles=[])
    return [person.author() for person in people.order_by("name")]
