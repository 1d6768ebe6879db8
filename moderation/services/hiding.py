"""Hiding a message and showing it again: on a ground, with what was seen, in the log."""

from datetime import datetime
from uuid import UUID

from deliberation.eventlog.log import writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from deliberation.protocol import events
from moderation.models import Act, Decision
from rooms import access
from rooms.models import MessageState, Room
from rooms.rights import Action
from rooms.services.messages import announce

from .deciding import decide, facts_of, undone


def message_hide(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    message: int,
    ground: str,
    reason: str,
    at: datetime,
) -> Done:
    """Replace a message by a tombstone that tells the ground. The words are kept, not shown.

    `reason` is what was seen in it, for its writer alone.
    """
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        access.require(actor, room, to=Action.HIDE, at=at)
        found = access.message_for(room, message)
        if not found.is_shown:
            raise Refused("gone", gettext_noop("This message is no longer shown."))
        facts = facts_of(ground, reason)
        decision = Decision(act=Act.HIDE, room=room, message=found, person=found.author, at=at)
        decide(log, decision, facts, actor=actor)
        found.state, found.ground, found.reason = MessageState.HIDDEN, facts.ground, ""
        found.save(update_fields=["state", "ground", "reason"])
        return announce(log, room, events.MessageHidden, found, actor=actor, ref=ref, at=at)


def message_restore(
    *, actor: Actor, room: Room, ref: UUID, message: int, reason: str, at: datetime
) -> Done:
    """Show a hidden message again, where it was; everyone can read why."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        access.require(actor, room, to=Action.RESTORE, at=at)
        found = access.message_for(room, message)
        if found.state != MessageState.HIDDEN:
            raise Refused("not_hidden", gettext_noop("This message is not hidden."))
        facts = facts_of("", reason)
        decision = Decision(act=Act.RESTORE, room=room, message=found, person=found.author, at=at)
        decide(log, undone(decision, Act.HIDE), facts, actor=actor)
        found.state, found.ground, found.reason = MessageState.SHOWN, "", facts.words
        found.save(update_fields=["state", "ground", "reason"])
        return announce(log, room, events.MessageRestored, found, actor=actor, ref=ref, at=at)
