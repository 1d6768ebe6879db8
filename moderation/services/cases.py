"""A case opens with the first report, is looked at by one person at a time, and is closed by a
decision that everyone who reported it hears of."""

from datetime import datetime, timedelta
from uuid import UUID

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import REASON_LIMIT, passage
from deliberation.people.actors import Actor
from deliberation.protocol import events
from moderation.lifecycle import Step, after
from moderation.models import Act, Case, Decision, Note, Source
from moderation.risk import Told, due, risk
from rooms import access
from rooms.models import Message, Room
from rooms.notices.news import news_store
from rooms.rights import Action

from .deciding import decide, facts_of, undone
from .showing import show_again

CLAIM = timedelta(minutes=5)


def case_claim(*, actor: Actor, room: Room, ref: UUID, case: int, at: datetime) -> Done:
    """Look at a case for a while; others see it and take another one."""
    with writing() as log:
        if done := log.done(room.staff_stream, actor.id, ref):
            return done
        found = case_for(actor, room, case, at=at)
        after(Step.CLAIM, found.state)
        require_unclaimed(actor, found, at=at)
        found.claimed_by_id, found.claimed_until = actor.id, at + CLAIM
        return changed(log, room, found, actor=actor, ref=ref, at=at)


def case_release(*, actor: Actor, room: Room, ref: UUID, case: int, at: datetime) -> Done:
    """Give a case back to the others."""
    with writing() as log:
        if done := log.done(room.staff_stream, actor.id, ref):
            return done
        found = case_for(actor, room, case, at=at)
        require_unclaimed(actor, found, at=at)
        found.unclaim()
        return changed(log, room, found, actor=actor, ref=ref, at=at)


def case_leave(
    *, actor: Actor, room: Room, ref: UUID, case: int, reason: str, at: datetime
) -> Done:
    """Nothing is wrong with the message: it stays, and who reported it reads why.

    What was held back is shown from now on.
    """
    with writing() as log:
        log.lock(room.public_stream)
        if done := log.done(room.staff_stream, actor.id, ref):
            return done
        found = case_to_decide(actor, room, case, at=at)
        facts, message = facts_of("", reason), found.message
        decision = decision_on(found, Act.LEAVE, room, at=at)
        if message.is_held:
            decision.act, decision.person = Act.RESTORE, message.author
            undone(decision, Act.HOLD)
            show_again(log, room, message, facts.words, actor=actor, ref=None, at=at)
        decide(log, decision, facts, actor=actor)
        return close(log, room, found, actor=actor, ref=ref, at=at)


def case_note(*, actor: Actor, room: Room, ref: UUID, case: int, words: str, at: datetime) -> Done:
    """Something for the other managers, that nobody else reads."""
    with writing() as log:
        if done := log.done(room.staff_stream, actor.id, ref):
            return done
        found = case_for(actor, room, case, at=at)
        said = passage_of(words)
        Note.objects.create(case=found, by_id=actor.id, words=said, at=at)
        return changed(log, room, found, actor=actor, ref=ref, at=at)


def case_for(actor: Actor, room: Room, case: int, *, at: datetime) -> Case:
    """A case about a message in this room, for who handles cases there. Raises Refused."""
    access.require(actor, room, to=Action.CASE, at=at)
    cases = Case.objects.select_related("message__author", "claimed_by")
    found = cases.filter(pk=case, message__room=room).first()
    if found is None:
        raise Refused("no_case", gettext_noop("There is no such case in this room any more."))
    return found


def case_to_decide(actor: Actor, room: Room, case: int, *, at: datetime) -> Case:
    """The same, where this person may decide about it alone now. Raises Refused."""
    found = case_for(actor, room, case, at=at)
    after(Step.DECIDE, found.state)
    require_unclaimed(actor, found, at=at)
    return found


def decision_on(case: Case, act: Act, room: Room, *, at: datetime) -> Decision:
    """A decision about what the case is about, led to by what it holds; not stored yet."""
    source = source_of(case)
    return Decision(act=act, room=room, message=case.message, case=case, source=source, at=at)


def passage_of(words: str) -> str:
    """A note or a question in normal form. Raises Refused."""
    said = passage(words, limit=REASON_LIMIT)
    if not said:
        raise Refused("empty", gettext_noop("Write something first."))
    return said


def require_unclaimed(actor: Actor, case: Case, *, at: datetime) -> None:
    """Raises Refused while another person looks at it."""
    if case.is_claimed_by_another(actor.id, at):
        raise Refused(
            "claimed",
            gettext_noop("%(name)s looks at this until %(until)s. Take another one."),
            values={
                "name": case.claimed_by.name if case.claimed_by else "",
                "until": case.claimed_until,
            },
        )


def undecided_about(message: Message) -> Case | None:
    """The case that waits for a decision about this message, if there is one."""
    return Case.objects.filter(message=message).undecided().first()


def opened_about(message: Message, ground: str, *, at: datetime) -> Case:
    """The case that waits for a decision about this message, or a new one; not saved yet."""
    found = undecided_about(message)
    return found or Case(message=message, opened_at=at, changed_at=at, due_at=due(ground, at))


def weigh(case: Case) -> None:
    """How urgent it is by what was told of it so far, and by when someone should look."""
    told = list(case.reports.values_list("ground", "established", "at"))
    told += [(ground, False, at) for ground, at in case.signals.values_list("ground", "at")]
    case.risk = risk(Told(ground, known) for ground, known, _ in told)
    ends = [due(ground, at) for ground, _, at in told]
    if case.message.until is not None:
        ends.append(case.message.until)
    case.due_at = min(ends, default=case.due_at)
    asked = case.hearings.last() if case.pk and case.message.until is None else None
    if asked is not None:
        case.due_at = max(case.due_at, asked.decide_after())


def source_of(case: Case) -> str:
    if case.reports.exists():
        return Source.REPORT
    return Source.WATCH if case.signals.exists() else Source.OWN


def close(
    log: Writing, room: Room, case: Case, *, actor: Actor, ref: UUID | None, at: datetime
) -> Done:
    """It is decided: everyone who reported it hears so."""
    case.state = after(Step.CLOSE, case.state)
    case.closed_at, case.claimed_until = at, None
    _tell_reporters(case, at=at)
    return changed(log, room, case, actor=actor, ref=ref, at=at)


def changed(
    log: Writing, room: Room, case: Case, *, actor: Actor, ref: UUID | None, at: datetime
) -> Done:
    """Save a case and tell the managers that something about it changed."""
    case.changed_at = at
    case.save()
    event = events.CaseChanged(
        seq=log.next(room.staff_stream),
        at=at,
        case=case.pk,
        message=case.message_id,
        stream="staff",
    )
    return log.append(
        room.staff_stream,
        event,
        actor=actor.id,
        subject=case.pk,
        other=case.message_id,
        ref=ref,
    )


def _tell_reporters(case: Case, *, at: datetime) -> None:
    waiting = {one.person_id: one for one in case.reports.filter(notice=None) if one.person_id}
    for notice in news_store(waiting, at=at):
        report = waiting[notice.person_id]
        report.notice = notice
        report.save(update_fields=["notice"])
