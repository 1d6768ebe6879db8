"""Whoever runs a meeting goes home or on stage: a colleague takes over, with a note."""

from datetime import datetime
from uuid import UUID

from deliberation.eventlog.log import writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.text import line
from deliberation.people.actors import Actor
from deliberation.protocol import events
from rooms.models import Room
from rooms.rights import Action

from .meetings import announce_meeting, current_meeting

NOTE_LIMIT = 300  # characters


def meeting_hand_over(
    *, actor: Actor, room: Room, ref: UUID, meeting: int, words: str, at: datetime
) -> Done:
    """Leave a note at the console for who takes over."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.MEETING_PLAN, at=at)
        found.handover = line(words, limit=NOTE_LIMIT)
        found.handed_by_id, found.handed_at = actor.id, at
        found.save(update_fields=["handover", "handed_by", "handed_at"])
        return announce_meeting(log, found, events.MeetingShown, actor=actor, ref=ref, at=at)


def meeting_take_over(*, actor: Actor, room: Room, ref: UUID, meeting: int, at: datetime) -> Done:
    """From now on I am in charge; the note was read."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.MEETING_PLAN, at=at)
        found.lead_id = actor.id
        found.handover, found.handed_by_id, found.handed_at = "", None, None
        found.save(update_fields=["lead", "handover", "handed_by", "handed_at"])
        return announce_meeting(log, found, events.MeetingShown, actor=actor, ref=ref, at=at)
