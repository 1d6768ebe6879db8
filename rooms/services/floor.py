"""The floor of a meeting: who asked for it, and who has it. Hall and online take turns."""

from datetime import datetime
from uuid import UUID

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from deliberation.people.joining import checked_name
from deliberation.protocol import events
from rooms.floor import next_turn
from rooms.models import Meeting, MeetingPhase, Room, Turn
from rooms.rights import Action

from .meetings import announce_meeting, current_meeting, require_seconds

SECONDS = range(15, 601)
MOST = 100  # who wait at once


def floor_set(
    *, actor: Actor, room: Room, ref: UUID, meeting: int, open: bool, seconds: int, at: datetime
) -> Done:
    """Whether one can ask for the floor, and for how long one has it. Who waits, waits on."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.FLOOR_SET, at=at)
        require_seconds(seconds, SECONDS, code="bad_seconds")
        found.floor_open, found.turn_seconds = open, seconds
        found.save(update_fields=["floor_open", "turn_seconds"])
        return _told(log, found, actor=actor, ref=ref, at=at)


def floor_ask(*, actor: Actor, room: Room, ref: UUID, meeting: int, at: datetime) -> Done:
    """I want to say something, from wherever I am online."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.FLOOR_ASK, at=at)
        if found.phase != MeetingPhase.OPEN or not found.floor_open:
            raise Refused("floor_closed", gettext_noop("You can't ask for the floor now."))
        if found.turns.filter(person=actor.person, ended_at=None).exists():
            raise Refused("asked", gettext_noop("You are in the queue already."))
        _require_room(found)
        Turn.objects.create(
            meeting=found, where=Turn.Where.ONLINE, person_id=actor.person, asked_at=at
        )
        return _told(log, found, actor=actor, ref=ref, at=at)


def floor_add(
    *, actor: Actor, room: Room, ref: UUID, meeting: int, at: datetime, name: str = ""
) -> Done:
    """Someone in the hall raised a hand."""
    called = checked_name(name) if name.strip() else ""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.FLOOR_ADD, at=at)
        _require_room(found)
        Turn.objects.create(meeting=found, where=Turn.Where.HALL, name=called, asked_at=at)
        return _told(log, found, actor=actor, ref=ref, at=at)


def floor_next(*, actor: Actor, room: Room, ref: UUID, meeting: int, at: datetime) -> Done:
    """Who spoke has finished; the next begins, of the other side as long as anyone waits there."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.FLOOR_NEXT, at=at)
        waiting = list(found.turns.filter(started_at=None))
        last = found.last_turn()
        place = next_turn(waiting, last.where if last else "")
        if place is None:
            raise Refused("nobody", gettext_noop("Nobody asked for the floor."))
        _end(found, at=at)
        waiting[place].started_at = at
        waiting[place].save(update_fields=["started_at"])
        return _told(log, found, actor=actor, ref=ref, at=at)


def floor_end(*, actor: Actor, room: Room, ref: UUID, meeting: int, at: datetime) -> Done:
    """Who spoke has finished, and nobody begins yet."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.FLOOR_END, at=at)
        if not _end(found, at=at):
            raise Refused("nobody", gettext_noop("Nobody has the floor now."))
        return _told(log, found, actor=actor, ref=ref, at=at)


def floor_leave(*, actor: Actor, room: Room, ref: UUID, meeting: int, at: datetime) -> Done:
    """I need not say it any more."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.FLOOR_LEAVE, at=at)
        _withdraw(found, person=actor.person)
        return _told(log, found, actor=actor, ref=ref, at=at)


def floor_drop(
    *, actor: Actor, room: Room, ref: UUID, meeting: int, turn: int, at: datetime
) -> Done:
    """Someone in the queue is not there any more, or said it already."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.FLOOR_DROP, at=at)
        _withdraw(found, pk=turn)
        return _told(log, found, actor=actor, ref=ref, at=at)


def _withdraw(meeting: Meeting, **which: int) -> None:
    if not meeting.turns.filter(started_at=None, **which).delete()[0]:
        raise Refused("no_turn", gettext_noop("This turn is not in the queue any more."))


def _told(log: Writing, meeting: Meeting, *, actor: Actor, ref: UUID, at: datetime) -> Done:
    return announce_meeting(log, meeting, events.MeetingFloor, actor=actor, ref=ref, at=at)


def _end(meeting: Meeting, *, at: datetime) -> int:
    speaking = meeting.turns.exclude(started_at=None).filter(ended_at=None)
    return speaking.update(ended_at=at)


def _require_room(meeting: Meeting) -> None:
    if meeting.turns.filter(ended_at=None).count() >= MOST:
        raise Refused("too_many", gettext_noop("The queue is full. Write what you want to say."))
