"""What a message shows once it is decided, and what the room hears of it."""

from datetime import datetime
from uuid import UUID

from deliberation.eventlog.log import Writing
from deliberation.eventlog.refs import Done
from deliberation.people.actors import Actor
from deliberation.protocol import events
from rooms.models import Message, MessageState, Room
from rooms.notices.following import notices_about
from rooms.services.messages import announce, conceal

from .deciding import Facts


def hide(
    log: Writing,
    room: Room,
    message: Message,
    facts: Facts,
    *,
    until: datetime | None = None,
    actor: Actor,
    ref: UUID | None,
    at: datetime,
) -> Done:
    """A tombstone that tells the ground stands in its place. The words are kept, not shown.

    With `until` it is held back, and comes again by itself then.
    """
    conceal(message, facts.ground, until=until)
    message.save(update_fields=["state", "ground", "reason", "until"])
    return announce(log, room, events.MessageHidden, message, actor=actor, ref=ref, at=at)


def show_again(
    log: Writing,
    room: Room,
    message: Message,
    reason: str,
    *,
    actor: Actor,
    ref: UUID | None,
    at: datetime,
) -> Done:
    """It comes back where it was; everyone can read why. Whom it names or answers hears of it."""
    message.state, message.ground, message.reason = MessageState.SHOWN, "", reason
    message.until = None
    message.save(update_fields=["state", "ground", "reason", "until"])
    notices_about(message)
    return announce(log, room, events.MessageRestored, message, actor=actor, ref=ref, at=at)
