"""Asking for another look, and looking again: never by who had a part in it the first time."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from deliberation.eventlog.log import Writing, writing
from deliberation.kernel.ids import derived_ref
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import passage
from deliberation.people.actors import Actor
from deliberation.people.models import Ban
from moderation.models import Act, Appeal, Decision, Hearing, Note, Proposal, Report
from moderation.models.appeal import WORDS_LIMIT
from moderation.term import appeal_ends
from rooms import access
from rooms.models import Room
from rooms.notices.news import news_store
from rooms.rights import Action

from .bans import person_unban
from .cases import undecided_about
from .deciding import Facts, decide, facts_of
from .hiding import message_restore
from .redacting import put_back
from .undoing import reopen

APPEALABLE = frozenset({Act.HIDE, Act.REDACT, Act.BAN, Act.LEAVE, Act.WARN})


def appeal_make(*, actor: Actor, room: Room, decision: UUID, words: str, at: datetime) -> Appeal:
    """Whom a decision concerns, or who reported, asks for another look.

    Asking twice changes nothing more.
    """
    with writing() as log:
        log.lock(room.staff_stream)
        access.require(actor, room, to=Action.APPEAL, at=at)
        found = _decision(room, decision)
        if not concerns(found, actor.id):
            raise Refused("not_yours", gettext_noop("This decision is not about you."))
        if known := Appeal.objects.filter(decision=found, person=actor.person).first():
            return known
        _require_open(found, at=at)
        said = passage(words, limit=WORDS_LIMIT)
        return Appeal.objects.create(decision=found, person_id=actor.person, words=said, at=at)


def appeal_decide(
    *, actor: Actor, room: Room, appeal: int, grant: bool, answer: str, at: datetime
) -> Appeal:
    """Another person than who decided looks again. What is granted is undone at once."""
    with writing() as log:
        log.lock(room.public_stream)
        log.lock(room.staff_stream)
        access.require(actor, room, to=Action.APPEAL_DECIDE, at=at)
        found = _waiting(room, appeal)
        if not may_look_again(found.decision, actor.id):
            raise Refused(
                "not_allowed",
                gettext_noop("You had a part in this. Another community manager looks again."),
            )
        said = facts_of("", answer).words
        if grant and not found.decision.undone_by.exists():
            _undo(log, found.decision)(actor, said, at)
        found.granted, found.answer = grant, said
        found.decided_by_id, found.decided_at = actor.id, at
        if found.person_id:
            found.notice = next(iter(news_store([found.person_id], at=at)), None)
        found.save()
        return found


def concerns(decision: Decision, person: int | None) -> bool:
    """Whether this person (id) may ask for another look: it is about them, or they reported it."""
    if person is None:
        return False
    if decision.act == Act.LEAVE:
        return Report.objects.filter(case=decision.case_id, person=person).exists()
    return decision.person_id == person


def may_look_again(decision: Decision, person: int | None) -> bool:
    """Whether this person (id) had no part in what was decided."""
    if decision.by_id == person:
        return False
    case = decision.case_id
    return case is None or not any(
        part.exists()
        for part in (
            Decision.objects.filter(case=case, by=person),
            Proposal.objects.filter(case=case, by=person),
            Note.objects.filter(case=case, by=person),
            Hearing.objects.filter(case=case, by=person),
            Report.objects.filter(case=case, person=person),
        )
    )


def _decision(room: Room, puid: UUID) -> Decision:
    found = Decision.objects.filter(room=room, puid=puid).select_related("message").first()
    if found is None:
        raise Refused("no_decision", gettext_noop("There is no decision at this address."))
    return found


def _require_open(decision: Decision, *, at: datetime) -> None:
    if decision.act not in APPEALABLE or decision.undone_by.exists():
        raise Refused("undone", gettext_noop("This was undone already. You need not ask again."))
    if at > appeal_ends(decision.at):
        raise Refused(
            "too_late",
            gettext_noop("You could ask for another look until %(until)s. You can still complain."),
            values={"until": appeal_ends(decision.at)},
        )


def _waiting(room: Room, appeal: int) -> Appeal:
    appeals = Appeal.objects.select_related(
        "decision__message__room", "decision__undoes", "decision__case__message"
    )
    found = appeals.filter(pk=appeal, decision__room=room).first()
    if found is None:
        raise Refused("no_appeal", gettext_noop("There is no such request in this room."))
    if found.decided_at is not None:
        raise Refused("decided", gettext_noop("This was decided already. Reload the page."))
    return found


def _undo(log: Writing, decision: Decision) -> Callable[[Actor, str, datetime], object]:
    """What puts it back as it was. It is not called where that happened meanwhile."""
    ref = derived_ref("appeal", decision.puid)

    def restore(actor: Actor, why: str, at: datetime) -> None:
        assert decision.message is not None
        room = decision.message.room
        if decision.message.ground:
            message_restore(
                actor=actor, room=room, ref=ref, message=decision.message.pk, reason=why, at=at
            )

    def unban(actor: Actor, why: str, at: datetime) -> None:
        banned = Ban.objects.in_force(at).filter(person=decision.person_id)
        if decision.person_id and banned.filter(place__in=["", decision.room.slug]).exists():
            person_unban(
                actor=actor,
                room=decision.room,
                ref=ref,
                person=decision.person_id,
                reason=why,
                at=at,
            )

    def look_again(actor: Actor, why: str, at: datetime) -> None:
        case = decision.case
        if case is not None and undecided_about(case.message) is None:
            reopen(log, case.message.room, case, Facts(why), actor=actor, ref=None, at=at)

    def withdraw(actor: Actor, why: str, at: datetime) -> None:
        again = Decision(act=Act.WITHDRAW, room=decision.room, message=decision.message, at=at)
        again.person, again.case = decision.person, decision.case
        again.undoes = decision
        decide(log, again, Facts(why), actor=actor)

    def say_again(actor: Actor, why: str, at: datetime) -> None:
        put_back(log, decision.room, decision, Facts(why), actor=actor, ref=None, at=at)

    undoing = {
        Act.HIDE: restore,
        Act.REDACT: say_again,
        Act.BAN: unban,
        Act.LEAVE: look_again,
        Act.WARN: withdraw,
    }
    return undoing[Act(decision.act)]
