"""Telling someone that a message is not right, while it stays."""

from datetime import datetime
from uuid import UUID

from deliberation.eventlog.log import writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from moderation.lifecycle import Step, after
from moderation.models import Act, Decision
from rooms import access
from rooms.models import Room
from rooms.rights import Action

from .cases import case_for, close, require_decidable, require_unclaimed, source_of
from .deciding import decide, facts_of


def case_warn(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    case: int,
    ground: str,
    reason: str,
    at: datetime,
) -> Done:
    """The writer reads which rule it is about and why; nobody else does."""
    with writing() as log:
        if done := log.done(room.staff_stream, actor.id, ref):
            return done
        access.require(actor, room, to=Action.CASE, at=at)
        found = case_for(room, case)
        after(Step.DECIDE, found.state)
        require_decidable(found)
        require_unclaimed(actor, found, at=at)
        if not found.message.is_shown:
            raise Refused("gone", gettext_noop("This message is no longer shown."))
        facts = facts_of(ground, reason)
        decision = Decision(act=Act.WARN, room=room, message=found.message, case=found, at=at)
        decision.person, decision.source = found.message.author, source_of(found)
        decide(log, decision, facts, actor=actor)
        return close(log, room, found, actor=actor, ref=ref, at=at)
