"""Hiding a message and showing it again: on a ground, with what was seen, in the log."""

from datetime import datetime
from uuid import UUID

from deliberation.eventlog.log import writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from moderation.criticism import may_be_criticism
from moderation.models import Act, Decision
from rooms import access
from rooms.models import MessageState, Room
from rooms.rights import Action

from .cases import close, undecided_about
from .deciding import decide, facts_of, undone
from .seconding import propose
from .settling import settle
from .showing import hide, show_again


def message_hide(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    message: int,
    ground: str,
    reason: str,
    at: datetime,
    criticism: bool = False,
) -> Done:
    """Replace a message by a tombstone that tells the ground. The words are kept, not shown.

    `reason` is what was seen in it, for its writer alone. What is criticism of the municipality,
    or may be, is not hidden yet: another person has to agree first, and the id is the case's.
    """
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        log.lock(room.staff_stream)
        access.require(actor, room, to=Action.HIDE, at=at)
        found = access.message_for(room, message)
        if not found.stands:
            raise Refused("gone", gettext_noop("This message is no longer shown."))
        facts = facts_of(ground, reason)
        if criticism or may_be_criticism(found.body):
            return propose(log, room, found, facts, actor=actor, ref=ref, at=at)
        settle(log, room, found, Act.HIDE, facts, actor=actor, at=at)
        return hide(log, room, found, facts, actor=actor, ref=ref, at=at)


def message_restore(
    *, actor: Actor, room: Room, ref: UUID, message: int, reason: str, at: datetime
) -> Done:
    """Show what is hidden or held back again, where it was; everyone can read why."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        log.lock(room.staff_stream)
        access.require(actor, room, to=Action.RESTORE, at=at)
        found = access.message_for(room, message)
        if found.state != MessageState.HIDDEN:
            raise Refused("not_hidden", gettext_noop("This message is not hidden."))
        facts = facts_of("", reason)
        decision = Decision(act=Act.RESTORE, room=room, message=found, person=found.author, at=at)
        decide(log, undone(decision, Act.HIDE, Act.HOLD), facts, actor=actor)
        if (case := undecided_about(found)) is not None:
            close(log, room, case, actor=actor, ref=None, at=at)
        return show_again(log, room, found, facts.words, actor=actor, ref=ref, at=at)
