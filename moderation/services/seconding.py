"""Criticism of the municipality is hidden by two people, never by one."""

from datetime import datetime
from uuid import UUID

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from moderation.grounds import ground as known_ground
from moderation.lifecycle import State, Step, after
from moderation.models import Act, Case, Proposal
from rooms.models import Message, MessageState, Room

from .cases import case_for, changed, close, decision_on, opened_about
from .deciding import Facts, decide, facts_of, undone
from .showing import hide, show_again


def propose(
    log: Writing,
    room: Room,
    message: Message,
    facts: Facts,
    *,
    actor: Actor,
    ref: UUID,
    at: datetime,
) -> Done:
    """Ask another person to agree. Where waiting does harm, it is hidden in the meantime."""
    log.lock(room.staff_stream)
    case = opened_about(message, facts.ground, at=at)
    case.state = after(Step.PROPOSE, case.state)
    at_once = known_ground(facts.ground).may_hold
    case.save()
    Proposal.objects.create(
        case=case,
        by_id=actor.id,
        ground=facts.ground,
        facts=facts.words,
        at=at,
        at_once=at_once,
    )
    case.unclaim()
    if at_once:
        decision = decision_on(case, Act.HIDE, room, at=at)
        decision.person = message.author
        decide(log, decision, facts, actor=actor)
        changed(log, room, case, actor=actor, ref=None, at=at)
        return hide(log, room, message, facts, actor=actor, ref=ref, at=at)
    return changed(log, room, case, actor=actor, ref=ref, at=at)


def proposal_agree(*, actor: Actor, room: Room, ref: UUID, case: int, at: datetime) -> Done:
    """The second person agrees: the message is hidden."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found, proposal = _second(log, actor, room, case, at=at)
        facts = Facts(proposal.facts, proposal.ground)
        if not found.message.stands:
            return close(log, room, found, actor=actor, ref=ref, at=at)
        decision = decision_on(found, Act.HIDE, room, at=at)
        decision.person, decision.four_eyes = found.message.author, True
        decide(log, decision, facts, actor=actor)
        close(log, room, found, actor=actor, ref=None, at=at)
        return hide(log, room, found.message, facts, actor=actor, ref=ref, at=at)


def proposal_refuse(
    *, actor: Actor, room: Room, ref: UUID, case: int, reason: str, at: datetime
) -> Done:
    """The second person does not agree: the message stays, or comes back."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found, proposal = _second(log, actor, room, case, at=at)
        facts = Facts(facts_of("", reason).words)
        message = found.message
        is_hidden = message.state == MessageState.HIDDEN
        is_back = is_hidden and (proposal.at_once or message.is_held)
        act = Act.RESTORE if is_back else Act.LEAVE
        decision = decision_on(found, act, room, at=at)
        decision.four_eyes = True
        if is_back:
            decision.person = message.author
            undone(decision, Act.HIDE, Act.HOLD)
        decide(log, decision, facts, actor=actor)
        done = close(log, room, found, actor=actor, ref=None if is_back else ref, at=at)
        if is_back:
            return show_again(log, room, message, facts.words, actor=actor, ref=ref, at=at)
        return done


def _second(
    log: Writing, actor: Actor, room: Room, case: int, *, at: datetime
) -> tuple[Case, Proposal]:
    """The case and what is proposed, for another person than who did. Raises Refused."""
    log.lock(room.staff_stream)
    found = case_for(actor, room, case, at=at)
    if found.state == State.OPEN:
        raise Refused("not_proposed", gettext_noop("Nobody proposed to hide this message."))
    after(Step.AGREE, found.state)
    proposal = found.proposals.latest("pk")
    if proposal.by_id == actor.id:
        raise Refused(
            "not_allowed", gettext_noop("You proposed this. Another person has to agree.")
        )
    return found, proposal
