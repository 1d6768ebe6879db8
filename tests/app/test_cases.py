"""One person looks at a case and decides it once; two do, where it is about the municipality."""

from datetime import timedelta
from typing import Any

import pytest

from deliberation.kernel.refusals import Refused
from deliberation.people.models import Person
from moderation import ledger
from moderation.lifecycle import STEPS, State, Step, after
from moderation.models import Act, Appeal, Case, Decision, Report
from moderation.selectors.queue import mark, queue
from moderation.services import (
    appeal_decide,
    appeal_make,
    case_claim,
    case_leave,
    case_note,
    case_release,
    case_reopen,
    case_warn,
    decision_undo,
    message_hide,
    message_report,
    message_restore,
    proposal_agree,
    proposal_refuse,
)
from rooms.models import Message, MessageState, Notice, Room
from rooms.services import thread_move
from tests import given
from tests.doing import do, refused, verified
from tests.fakes import EVENING
from tests.verify import verify_change

pytestmark = pytest.mark.django_db
WHY = {"ground": "insult", "reason": "Scheldt iemand uit."}
LATER = EVENING + timedelta(hours=1)


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def mieke() -> Person:
    return given.a_manager("Mieke")


@pytest.fixture
def ada() -> Person:
    return given.an_administrator("Ada")


@pytest.fixture
def fatima() -> Person:
    return given.a_resident("Fatima")


@pytest.fixture
def message(room: Room) -> Message:
    return given.a_message(room, body="Wat een dom mens.", by=given.a_resident("Boos"))


@pytest.fixture
def critical(room: Room) -> Message:
    author = given.a_resident("Scherp")
    return given.a_message(room, body="De wethouder liegt dat hij barst.", by=author)


@pytest.fixture
def case(room: Room, message: Message, fatima: Person) -> Case:
    do(message_report, by=fatima, room=room, message=message.pk, ground="insult")
    return Case.objects.get()


def now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def state(message: Message) -> str:
    return Message.objects.get(pk=message.pk).state


# Looking at it


def test_who_looks_at_a_case_keeps_others_from_it_for_a_while(
    room: Room, case: Case, mieke: Person, ada: Person
) -> None:
    wanted: dict[str, Any] = {"room": room, "case": case.pk}
    verified(case_claim, by=mieke, **wanted)
    said = refused(case_claim, "claimed", by=ada, **wanted)
    assert said.values["name"] == "Mieke"
    refused(case_leave, "claimed", by=ada, reason="Mag.", **wanted)
    refused(case_release, "claimed", by=ada, **wanted)
    do(case_claim, by=ada, at=EVENING + timedelta(minutes=6), **wanted)
    assert now(case).claimed_by == ada


def test_a_case_is_given_back(room: Room, case: Case, mieke: Person, ada: Person) -> None:
    wanted: dict[str, Any] = {"room": room, "case": case.pk}
    do(case_claim, by=mieke, **wanted)
    verified(case_release, by=mieke, **wanted)
    do(case_claim, by=ada, **wanted)


def test_a_note_is_for_managers_alone(room: Room, case: Case, mieke: Person) -> None:
    verified(case_note, by=mieke, room=room, case=case.pk, words="Zelfde man als gisteren.")
    refused(case_note, "empty", by=mieke, room=room, case=case.pk, words=" ")
    assert case.notes.get().by == mieke


# Deciding


@pytest.mark.parametrize("act", ["hide", "leave", "warn"])
def test_a_decision_closes_the_case_and_is_made_once(
    room: Room, case: Case, mieke: Person, ada: Person, act: str
) -> None:
    works: dict[str, tuple[Any, dict[str, Any]]] = {
        "hide": (message_hide, {"message": case.message_id, **WHY}),
        "leave": (case_leave, {"case": case.pk, "reason": "Mag."}),
        "warn": (case_warn, {"case": case.pk, **WHY}),
    }
    service, fields = works[act]
    verified(service, by=mieke, room=room, **fields)
    assert now(case).state == State.CLOSED
    code = "gone" if act == "hide" else "decided"
    refused(service, code, by=ada, room=room, **fields)
    decision = Decision.objects.get()
    assert (decision.act, decision.case, decision.source) == (act, case, "report")
    assert Notice.objects.filter(report__case=case).count() == 1
    assert ledger.verify().flaw is None


def test_a_warning_is_for_the_writer_alone(room: Room, case: Case, mieke: Person) -> None:
    refused(case_warn, "empty", by=mieke, room=room, case=case.pk, ground="spam", reason=" ")
    do(case_warn, by=mieke, room=room, case=case.pk, **WHY)
    assert state(case.message) == MessageState.SHOWN
    assert Decision.objects.get().person == case.message.author


def test_every_decision_on_a_case_needs_words(room: Room, case: Case, mieke: Person) -> None:
    refused(case_leave, "empty", by=mieke, room=room, case=case.pk, reason="")
    refused(case_leave, "no_case", by=mieke, room=given.a_room(), case=case.pk, reason="Mag.")


def test_only_managers_handle_cases(room: Room, case: Case, fatima: Person) -> None:
    for by in (fatima, given.an_official()):
        refused(case_claim, "not_allowed", by=by, room=room, case=case.pk)
        refused(case_leave, "not_allowed", by=by, room=room, case=case.pk, reason="Mag.")


def test_what_is_restored_is_not_waited_for(
    room: Room, message: Message, mieke: Person, case: Case
) -> None:
    do(message_hide, by=mieke, room=room, message=message.pk, **WHY)
    do(message_restore, by=mieke, room=room, message=message.pk, reason="Vergissing.")
    assert not Case.objects.undecided().exists()


# Undoing


def undone(room: Room, by: Person, seconds: float = 5.0) -> None:
    decision = Decision.objects.filter(undone_by=None).order_by("pk")[0]
    at = EVENING + timedelta(seconds=seconds)
    do(decision_undo, by=by, room=room, decision=decision.puid, at=at)


def test_a_slip_is_undone_within_seconds_and_nobody_reads_of_it(
    room: Room, case: Case, mieke: Person
) -> None:
    do(message_hide, by=mieke, room=room, message=case.message_id, **WHY)
    undone(room, mieke)
    assert (state(case.message), now(case).state) == (MessageState.SHOWN, State.OPEN)
    assert not Notice.objects.filter(kind="news").exists()
    assert ledger.verify().flaw is None


def test_what_was_left_is_undone_too(room: Room, case: Case, mieke: Person) -> None:
    do(case_leave, by=mieke, room=room, case=case.pk, reason="Mag.")
    undone(room, mieke)
    assert now(case).state == State.OPEN
    do(message_hide, by=mieke, room=room, message=case.message_id, **WHY)
    assert Notice.objects.filter(report__case=case).count() == 1


def test_undoing_is_for_who_decided_and_only_at_once(
    room: Room, case: Case, mieke: Person, ada: Person
) -> None:
    do(message_hide, by=mieke, room=room, message=case.message_id, **WHY)
    wanted: dict[str, Any] = {"room": room, "decision": Decision.objects.get().puid}
    refused(decision_undo, "no_decision", by=ada, **wanted)
    late = EVENING + timedelta(seconds=16)
    refused(decision_undo, "too_late", by=mieke, at=late, **wanted)
    undone(room, mieke)
    refused(decision_undo, "undone", by=mieke, **wanted)


def test_a_case_that_was_left_can_be_reopened_later(
    room: Room, case: Case, mieke: Person, ada: Person
) -> None:
    refused(case_reopen, "undecided", by=ada, room=room, case=case.pk, reason="Toch.")
    do(case_leave, by=mieke, room=room, case=case.pk, reason="Mag.")
    verified(case_reopen, by=ada, room=room, case=case.pk, reason="Toch nog eens.")
    assert now(case).state == State.OPEN
    assert ledger.verify().flaw is None


# Four eyes


def test_criticism_of_the_municipality_is_hidden_by_two_people(
    room: Room, critical: Message, mieke: Person, ada: Person
) -> None:
    verified(message_hide, by=mieke, room=room, message=critical.pk, **WHY)
    case = Case.objects.get()
    assert (state(critical), case.state) == (MessageState.SHOWN, State.SECOND)
    assert not Decision.objects.exists()
    refused(proposal_agree, "not_allowed", by=mieke, room=room, case=case.pk)
    refused(case_leave, "proposed", by=ada, room=room, case=case.pk, reason="Mag.")
    refused(message_hide, "proposed", by=ada, room=room, message=critical.pk, **WHY)
    verified(proposal_agree, by=ada, room=room, case=case.pk)
    decision = Decision.objects.get()
    assert (state(critical), decision.by, decision.four_eyes) == ("hidden", ada, True)
    assert ledger.verify().flaw is None


def test_a_proposal_that_is_sent_twice_gets_the_first_answer(
    room: Room, critical: Message, mieke: Person
) -> None:
    wanted = {"message": critical.pk, "ref": given.a_ref("hide"), **WHY}
    first = verified(message_hide, by=mieke, room=room, **wanted)
    with verify_change(room, changes=False):
        assert do(message_hide, by=mieke, room=room, **wanted) == first


def test_a_manager_marks_criticism_that_names_nobody(
    room: Room, message: Message, mieke: Person
) -> None:
    do(message_hide, by=mieke, room=room, message=message.pk, criticism=True, **WHY)
    assert state(message) == MessageState.SHOWN


def test_who_does_not_agree_leaves_it_as_it_is(
    room: Room, critical: Message, mieke: Person, ada: Person
) -> None:
    do(message_hide, by=mieke, room=room, message=critical.pk, **WHY)
    case = Case.objects.get()
    refused(proposal_refuse, "not_allowed", by=mieke, room=room, case=case.pk, reason="Nee.")
    verified(proposal_refuse, by=ada, room=room, case=case.pk, reason="Dit is kritiek.")
    assert (state(critical), now(case).state) == (MessageState.SHOWN, State.CLOSED)
    assert Decision.objects.get().act == Act.LEAVE


@pytest.mark.parametrize("agrees", [True, False])
def test_what_could_do_harm_is_hidden_until_the_second_person_looked(
    room: Room, critical: Message, mieke: Person, ada: Person, agrees: bool
) -> None:
    threat = {"ground": "threat", "reason": "Dreigt met geweld."}
    verified(message_hide, by=mieke, room=room, message=critical.pk, **threat)
    case = Case.objects.get()
    assert (state(critical), case.state) == (MessageState.HIDDEN, State.SECOND)
    if agrees:
        verified(proposal_agree, by=ada, room=room, case=case.pk)
    else:
        verified(proposal_refuse, by=ada, room=room, case=case.pk, reason="Geen dreiging.")
    assert state(critical) == ("hidden" if agrees else "shown")
    assert now(case).state == State.CLOSED
    assert ledger.verify().flaw is None


def test_nothing_is_agreed_with_that_nobody_proposed(room: Room, case: Case, mieke: Person) -> None:
    refused(proposal_agree, "not_proposed", by=mieke, room=room, case=case.pk)


# Another look, asked by who reported


def test_who_reported_asks_for_another_look_and_another_person_gives_it(
    room: Room, case: Case, fatima: Person, mieke: Person, ada: Person
) -> None:
    do(case_leave, by=mieke, room=room, case=case.pk, reason="Mag.")
    left = Decision.objects.get()
    appeal = appeal_make(
        actor=given.acting(fatima), room=room, decision=left.puid, words="Toch niet.", at=LATER
    )
    assert Appeal.objects.waiting().get() == appeal
    third = given.a_manager("Derde")
    do(case_note, by=third, room=room, case=case.pk, words="Ken ik.")
    wanted = {"room": room, "appeal": appeal.pk, "grant": True, "answer": "We kijken weer."}
    for part in (mieke, third):
        with pytest.raises(Refused, match="not_allowed"):
            appeal_decide(actor=given.acting(part), at=LATER, **wanted)
    appeal_decide(actor=given.acting(ada), at=LATER, **wanted)
    assert now(case).state == State.OPEN
    assert ledger.verify().flaw is None


def test_a_warning_is_taken_back_on_appeal(
    room: Room, case: Case, mieke: Person, ada: Person
) -> None:
    do(case_warn, by=mieke, room=room, case=case.pk, **WHY)
    author, warned = case.message.author, Decision.objects.get()
    appeal = appeal_make(
        actor=given.acting(author), room=room, decision=warned.puid, words="", at=LATER
    )
    wanted = {"room": room, "appeal": appeal.pk, "grant": True, "answer": "Je hebt gelijk."}
    appeal_decide(actor=given.acting(ada), at=LATER, **wanted)
    assert warned.undone_by.get().act == Act.WITHDRAW
    assert ledger.verify().flaw is None


# The queue


def test_the_most_urgent_comes_first_and_the_mark_tells_of_changes(
    room: Room, case: Case, mieke: Person
) -> None:
    before = mark()
    other = given.a_message(room, by=given.a_resident("Dreiger"))
    do(message_report, by=given.a_resident("Roos"), room=room, message=other.pk, ground="threat")
    assert mark() != before
    waiting = queue(mieke.pk, at=EVENING)
    assert [one.message for one in waiting.cases] == [other, case.message]
    assert (waiting.count, waiting.late) == (2, 0)
    assert queue(mieke.pk, at=EVENING + timedelta(hours=2)).late == 1


def test_a_case_goes_with_its_conversation_to_another_room(
    room: Room, case: Case, mieke: Person
) -> None:
    hof = given.a_room("hof")
    thread = case.message.thread_id
    do(thread_move, by=mieke, room=room, thread=thread, to_room="hof", reason="Hoort daar.")
    refused(case_leave, "no_case", by=mieke, room=room, case=case.pk, reason="Mag.")
    do(case_leave, by=mieke, room=hof, case=case.pk, reason="Mag.")
    assert Report.objects.get().notice is not None


# The life of a case, as data


def test_each_step_is_taken_or_refused_in_words() -> None:
    assert after(Step.DECIDE, "open") == State.CLOSED
    for step in Step:
        for one in State:
            if one in STEPS[step]:
                assert after(step, one) in State
            else:
                with pytest.raises(Refused, match=r"decided|proposed|undecided"):
                    after(step, one)
