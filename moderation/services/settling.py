"""Deciding about a message at once settles the case that waited for it."""

from datetime import datetime

from deliberation.eventlog.log import Writing
from deliberation.people.actors import Actor
from moderation.lifecycle import Step, after
from moderation.models import Act, Decision
from rooms.models import Message, Room

from .cases import close, decision_on, undecided_about
from .deciding import Facts, decide


def settle(
    log: Writing,
    room: Room,
    message: Message,
    act: Act,
    facts: Facts,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Raises Refused where another person has to agree first."""
    decision, case = Decision(act=act, room=room, message=message, at=at), undecided_about(message)
    if case is not None:
        after(Step.DECIDE, case.state)
        decision = decision_on(case, act, room, at=at)
    decision.person = message.author
    decide(log, decision, facts, actor=actor)
    if case is not None:
        close(log, room, case, actor=actor, ref=None, at=at)
