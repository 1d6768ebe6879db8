"""What is agreed at a meeting, as a manager puts it down."""

from datetime import date, datetime
from uuid import UUID

from deliberation.eventlog.log import writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import NAME_LIMIT, line
from deliberation.people.actors import Actor
from deliberation.protocol import events
from rooms.models import Room
from rooms.models.agreement import WORDS_LIMIT
from rooms.rights import Action

from .meetings import announce_meeting, meeting_for

MOST = 50  # of a meeting


def agreement_add(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    meeting: int,
    words: str,
    at: datetime,
    who: str = "",
    due_on: date | None = None,
) -> Done:
    """Put down what was agreed, also after the evening."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = meeting_for(log, actor, room, meeting, to=Action.MEETING_PLAN, at=at)
        agreed = line(words, limit=WORDS_LIMIT)
        named = line(who, limit=NAME_LIMIT) if who.strip() else ""
        if found.agreements.count() >= MOST:
            raise Refused(
                "too_many",
                gettext_noop("A meeting has at most %(most)s agreements."),
                values={"most": MOST},
            )
        found.agreements.create(words=agreed, who=named, due_on=due_on)
        return announce_meeting(log, found, events.MeetingAgreed, actor=actor, ref=ref, at=at)


def agreement_drop(
    *, actor: Actor, room: Room, ref: UUID, meeting: int, agreement: int, at: datetime
) -> Done:
    """It was not agreed like this."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = meeting_for(log, actor, room, meeting, to=Action.MEETING_PLAN, at=at)
        if not found.agreements.filter(pk=agreement).delete()[0]:
            raise Refused("no_agreement", gettext_noop("This agreement is not there any more."))
        return announce_meeting(log, found, events.MeetingAgreed, actor=actor, ref=ref, at=at)
