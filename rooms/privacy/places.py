"""In which rooms something of a person stands."""

from deliberation.eventlog.log import Writing
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from deliberation.people.models import Person
from rooms.attached import attached
from rooms.models import Message, Room, Stance, Thread, Turn, Vote


def rooms_of(person: int) -> list[Room]:
    """Where they wrote, opened a conversation, took a stance, voted, asked for the floor or want
    an answer; in one order for all, so that two who wait for each other's room can't exist."""
    rooms = {
        *Message.objects.filter(author=person).values_list("room", flat=True),
        *Thread.objects.filter(opened_by=person).values_list("room", flat=True),
        *Stance.objects.filter(person=person).values_list("message__room", flat=True),
        *Turn.objects.filter(person=person).values_list("meeting__room", flat=True),
        *Vote.objects.filter(person=person).values_list("poll__meeting__room", flat=True),
        *attached.places(person),
    }
    return list(Room.objects.filter(pk__in=rooms).order_by("pk"))


def hold(log: Writing, person: int) -> list[Room]:
    """The same, held until commit: nothing of theirs comes in between."""
    held: list[Room] = []
    while rooms := [room for room in rooms_of(person) if room not in held]:
        for room in rooms:
            log.lock(room.public_stream)
        held += rooms
    return held


def resident(actor: Actor) -> Person:
    """The person, read again and held. Raises Refused for visitors and for staff."""
    found = Person.objects.select_for_update(no_key=True).filter(pk=actor.id or 0).first()
    if found is None:
        raise Refused(
            "signed_out", gettext_noop("You have not chosen a name yet, so nothing here is yours.")
        )
    if found.is_staff_member:
        raise Refused(
            "staff_stays",
            gettext_noop(
                "You take part for the municipality. Ask an administrator to change your name, "
                "or to take away your role first."
            ),
        )
    return found
