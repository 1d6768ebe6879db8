"""Erasing everything of one person, everywhere, for good."""

from datetime import datetime

from django.db.models import F

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.models import Event
from deliberation.people.actors import Actor
from deliberation.people.erasing import empty
from deliberation.protocol import events
from deliberation.protocol.replies import TallyNow
from rooms.attached import attached
from rooms.models import (
    Message,
    MessageRevision,
    MessageState,
    Room,
    Stance,
    StanceValue,
    Thread,
    Turn,
    Vote,
)

from .places import hold, resident


def erase(*, actor: Actor, at: datetime) -> None:
    """Words, history, name and stances go; tombstones, tallies and conversations stay right.

    Doing it twice changes nothing more. Raises Refused for visitors and for staff.
    """
    with writing() as log:
        person = resident(actor)
        rooms = {room.pk: room for room in hold(log, person.pk)}
        _withdraw_stances(log, rooms, person.pk, at=at)
        _withdraw_votes(log, person.pk)
        _erase_messages(log, rooms, person.pk, at=at)
        attached.forget(person.pk, at)
        _leave(log, rooms, person.pk, at=at)
        log.settle()
        Event.objects.filter(actor=person.pk).update(actor=None)
        if not person.is_erased:
            empty(person)


def _withdraw_stances(log: Writing, rooms: dict[int, Room], person: int, *, at: datetime) -> None:
    mine = Stance.objects.filter(person=person)
    touched = list(mine.values_list("message", flat=True))
    for value in StanceValue.values:
        judged = Message.objects.filter(pk__in=mine.filter(value=value).values("message"))
        judged.update(tallied_at=at, **{value: F(value) - 1})
    mine.delete()
    for message in Message.objects.filter(pk__in=touched):
        tally = TallyNow(message=message.pk, counts=message.tally())
        log.tally(rooms[message.room_id].public_stream, tally)


def _withdraw_votes(log: Writing, person: int) -> None:
    """The result of a poll that is over has no names, and stays."""
    mine = Vote.objects.filter(person=person).select_related("poll__meeting__room")
    for vote in mine:
        log.voted(vote.poll.meeting.room.public_stream, vote.poll_id)
    mine.delete()


def _erase_messages(log: Writing, rooms: dict[int, Room], person: int, *, at: datetime) -> None:
    mine = Message.objects.filter(author=person)
    found = list(mine.order_by("room", "seq"))
    MessageRevision.objects.filter(message__author=person).delete()
    gone = {"body": "", "state": MessageState.ERASED, "reason": "", "until": None, "author": None}
    mine.update(edited_at=None, **gone)
    for message in found:
        stream = rooms[message.room_id].public_stream
        message.edited_at = None
        for field, value in gone.items():
            setattr(message, field, value)
        event = events.MessageErased(seq=log.next(stream), at=at, message=message.view())
        log.append(stream, event, actor=None, subject=message.pk)


def _leave(log: Writing, rooms: dict[int, Room], person: int, *, at: datetime) -> None:
    """No conversation and no screen keeps the name."""
    Thread.objects.filter(opened_by=person).update(opened_by=None)
    Turn.objects.filter(person=person).update(person=None)
    for room in rooms.values():
        stream = room.public_stream
        event = events.AuthorChanged(seq=log.next(stream), at=at, author=person)
        log.append(stream, event, actor=None, subject=person)
