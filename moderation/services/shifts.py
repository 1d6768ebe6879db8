"""Who looks at the queue now, and what they leave for who comes after. Rows of their own."""

from datetime import datetime, timedelta

from deliberation.people.actors import Actor
from moderation.models import Note, Shift

from .cases import passage_of

_EVERY = timedelta(minutes=1)


def shift_seen(*, actor: Actor, at: datetime) -> None:
    """This manager has the queue open; written down once a minute."""
    known = Shift.objects.filter(person=actor.person)
    if known.filter(seen_at__gt=at - _EVERY).exists():
        return
    Shift.objects.update_or_create(person_id=actor.person, defaults={"seen_at": at})


def shift_hand_over(*, actor: Actor, words: str, at: datetime) -> Note:
    """A note for who comes after. Raises Refused."""
    return Note.objects.create(by_id=actor.id, words=passage_of(words), at=at)
