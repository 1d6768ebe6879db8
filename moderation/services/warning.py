"""Telling someone that a message is not right, while it stays."""

from datetime import datetime
from uuid import UUID

from deliberation.eventlog.log import writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from moderation.models import Act
from rooms.models import Room

from .cases import case_to_decide, close, decision_on
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
        found = case_to_decide(actor, room, case, at=at)
        if not found.message.is_shown:
            raise Refused("gone", gettext_noop("This message is no longer shown."))
        facts = facts_of(ground, reason)
        decision = decision_on(found, Act.WARN, room, at=at)
        decision.person = found.message.author
        decide(log, decision, facts, actor=actor)
        return close(log, room, found, actor=actor, ref=ref, at=at)
