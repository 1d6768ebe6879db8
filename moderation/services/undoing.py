"""A slip of the hand, undone within seconds; and a case that is looked at again."""

from datetime import datetime, timedelta
from uuid import UUID

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from moderation.lifecycle import State, Step, after
from moderation.models import Act, Case, Decision, Report
from rooms import access
from rooms.models import MessageState, Notice, Room
from rooms.rights import Action

from .cases import case_for, changed, undecided_about
from .deciding import Facts, decide, facts_of, undone
from .redacting import put_back
from .showing import hide, show_again

WITHIN = timedelta(seconds=15)  # ten are shown, the rest is for the way here
_UNDOABLE = frozenset({Act.HIDE, Act.LEAVE, Act.REDACT})


def decision_undo(*, actor: Actor, room: Room, ref: UUID, decision: UUID, at: datetime) -> Done:
    """Take back what one decided just now: nobody hears of it, and the case waits again."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        log.lock(room.staff_stream)
        access.require(actor, room, to=Action.CASE, at=at)
        found = _own(actor, room, decision, at=at)
        if found.act == Act.LEAVE:
            assert found.case is not None
            done = reopen(log, room, found.case, Facts(""), actor=actor, ref=ref, at=at)
        elif found.act == Act.REDACT:
            done = _says_again(log, room, found, actor=actor, ref=ref, at=at)
        else:
            done = _shown_again(log, room, found, actor=actor, ref=ref, at=at)
        _untell(found)
        return done


def case_reopen(
    *, actor: Actor, room: Room, ref: UUID, case: int, reason: str, at: datetime
) -> Done:
    """Look again at a case in which nothing was done."""
    with writing() as log:
        if done := log.done(room.staff_stream, actor.id, ref):
            return done
        found = case_for(actor, room, case, at=at)
        facts = facts_of("", reason)
        last = found.last_decision()
        if last is None or last.act != Act.LEAVE:
            raise Refused("undecided", gettext_noop("Only what was left as it is can be reopened."))
        return reopen(log, room, found, facts, actor=actor, ref=ref, at=at)


def reopen(
    log: Writing,
    room: Room,
    case: Case,
    facts: Facts,
    *,
    actor: Actor,
    ref: UUID | None,
    at: datetime,
) -> Done:
    """The case waits for a decision again, and the ledger says so."""
    after(Step.REOPEN, case.state)
    if undecided_about(case.message) is not None:
        raise Refused("decided", gettext_noop("This was reported again. Decide about that one."))
    again = Decision(act=Act.REOPEN, room=room, message=case.message, case=case, at=at)
    decide(log, undone(again, Act.LEAVE), facts, actor=actor)
    return _wait_again(log, room, case, actor=actor, ref=ref, at=at)


def _wait_again(
    log: Writing, room: Room, case: Case, *, actor: Actor, ref: UUID | None, at: datetime
) -> Done:
    case.state, case.closed_at = after(Step.REOPEN, case.state), None
    case.unclaim()
    return changed(log, room, case, actor=actor, ref=ref, at=at)


def _says_again(
    log: Writing, room: Room, decision: Decision, *, actor: Actor, ref: UUID, at: datetime
) -> Done:
    done = put_back(log, room, decision, Facts(""), actor=actor, ref=ref, at=at)
    if done is None:
        raise Refused("undone", gettext_noop("The writer changed this message meanwhile."))
    _case_waits_again(log, room, decision, actor=actor, at=at)
    return done


def _case_waits_again(
    log: Writing, room: Room, decision: Decision, *, actor: Actor, at: datetime
) -> None:
    """The case that the decision closed, unless the message has another one by now."""
    case, message = decision.case, decision.message
    assert message is not None
    if case is not None and case.state == State.CLOSED and undecided_about(message) is None:
        _wait_again(log, room, case, actor=actor, ref=None, at=at)


def _shown_again(
    log: Writing, room: Room, decision: Decision, *, actor: Actor, ref: UUID, at: datetime
) -> Done:
    message, case = decision.message, decision.case
    assert message is not None
    if message.state != MessageState.HIDDEN:
        raise Refused("undone", gettext_noop("This was undone already. Reload the page."))
    hold = _running_hold(decision, at=at)
    again = Decision(act=Act.RESTORE, room=room, message=message, case=case, at=at)
    if hold is not None:
        again.act, again.until = Act.HOLD, hold.until
    facts = Facts("", hold.ground if hold else "")
    decide(log, undone(again, Act.HIDE), facts, actor=actor)
    _case_waits_again(log, room, decision, actor=actor, at=at)
    if hold is not None:
        return hide(log, room, message, facts, until=hold.until, actor=actor, ref=ref, at=at)
    return show_again(log, room, message, "", actor=actor, ref=ref, at=at)


def _running_hold(decision: Decision, *, at: datetime) -> Decision | None:
    """The hold that stood before this decision, where it would not be over yet."""
    before = Decision.objects.filter(message=decision.message, pk__lt=decision.pk)
    last = before.filter(act__in=[Act.HOLD, Act.RESTORE]).order_by("-pk").first()
    running = last and last.act == Act.HOLD and last.until is not None and last.until > at
    return last if running else None


def _own(actor: Actor, room: Room, puid: UUID, *, at: datetime) -> Decision:
    decisions = Decision.objects.select_related("message__author", "case__message", "room")
    found = decisions.filter(puid=puid, room=room, by=actor.id).first()
    if found is None:
        raise Refused("no_decision", gettext_noop("There is no decision of yours at this address."))
    if found.act not in _UNDOABLE or found.undone_by.exists():
        raise Refused("undone", gettext_noop("This was undone already. Reload the page."))
    if at - found.at > WITHIN:
        raise Refused(
            "too_late",
            gettext_noop("It is too late to undo this here. Open the decision and change it."),
        )
    return found


def _untell(decision: Decision) -> None:
    """Nobody has to read about something that lasted some seconds."""
    told = [decision.notice_id]
    if decision.case_id is not None:
        told += Report.objects.filter(case=decision.case_id).values_list("notice_id", flat=True)
    Notice.objects.filter(pk__in=[one for one in told if one], read_at=None).delete()
