"""Before someone decides, the writer is asked; who does not answer is not waited for."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from deliberation.people.models import Person
from moderation.models import Case, Hearing
from moderation.services import (
    case_ask,
    case_leave,
    case_warn,
    hearing_answer,
    message_report,
)
from moderation.services.appeals import may_look_again
from moderation.services.forgetting import decisions_of
from rooms.models import Message, Notice, Room
from rooms.notices.lines import lines
from tests import given
from tests.browsing import browser, evening
from tests.doing import do, refused, verified
from tests.fakes import EVENING

__all__ = ["evening"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
ASKED = "Wat bedoelde je met dit bericht?"
WHY = {"ground": "insult", "reason": "Scheldt iemand uit."}
A_DAY = timedelta(hours=24)


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def fatima() -> Person:
    return given.a_resident("Fatima")


@pytest.fixture
def mieke() -> Person:
    return given.a_manager("Mieke")


@pytest.fixture
def case(room: Room, fatima: Person) -> Case:
    return reported(room, given.a_message(room, body="Wat een idioot plan.", by=fatima))


def reported(room: Room, message: Message) -> Case:
    wanted = {"message": message.pk, "ground": "insult"}
    do(message_report, by=given.a_resident("Melder"), room=room, **wanted)
    return Case.objects.get(message=message)


def ask(case: Case, by: Person, at: datetime = EVENING) -> Hearing:
    verified(case_ask, by=by, at=at, room=case.message.room, case=case.pk, words=ASKED)
    return Hearing.objects.get(case=case, answered_at=None)


def answer(hearing: Hearing, by: Person, at: datetime = EVENING) -> None:
    wanted = {"hearing": hearing.pk, "words": "Het plan, niet de mensen."}
    verified(hearing_answer, by=by, at=at, room=hearing.case.message.room, **wanted)


def test_the_writer_hears_of_the_question_and_answers_by_its_page(
    case: Case, fatima: Person, mieke: Person
) -> None:
    hearing = ask(case, mieke)
    with translation.override("en"):
        line = lines(Notice.objects.filter(person=fatima))[0]
    assert line.news.says == "A community manager asks you something about your message"
    assert line.news.words == ASKED

    writer = browser(fatima)
    page = writer.get(line.news.path)
    assert ASKED in page.content.decode()
    form = page.context["form"]
    wanted = {"ref": form["ref"].value(), "words": "Het plan, niet de mensen."}
    assert writer.post(line.news.path, wanted).status_code == 303

    assert "Thank you for your answer" in writer.get(line.news.path).content.decode()
    queue = browser(mieke).get(f"/moderatie/?zaak={case.pk}").content.decode()
    assert "Het plan, niet de mensen." in queue
    hearing.refresh_from_db()
    assert hearing.answered_at == EVENING


def test_a_manager_asks_from_the_queue(case: Case, mieke: Person) -> None:
    manager = browser(mieke)
    page = manager.get(f"/moderatie/?zaak={case.pk}")
    form = page.context["forms"]["ask"]
    wanted = {"do": "ask", "ref": form["ref"].value(), "words": form["words"].value()}
    assert manager.post(f"/moderatie/zaak/{case.pk}", wanted).status_code == 303
    page = manager.get(f"/moderatie/?zaak={case.pk}")
    assert "No answer yet." in page.content.decode()
    assert "Send the question" not in page.content.decode(), "one question at a time"


def test_the_case_can_wait_for_the_answer(case: Case, fatima: Person, mieke: Person) -> None:
    asked = EVENING + timedelta(hours=20)
    hearing = ask(case, mieke, at=asked)
    case.refresh_from_db()
    assert case.due_at == asked + A_DAY
    answer(hearing, fatima, at=asked + timedelta(hours=2))
    case.refresh_from_db()
    assert case.due_at == asked + timedelta(hours=6), "now someone should decide"


def test_nobody_waits_for_long(case: Case, mieke: Person) -> None:
    """Deciding is possible at any time: waiting is not always harmless."""
    ask(case, mieke)
    verified(case_warn, by=mieke, room=case.message.room, case=case.pk, **WHY)


def test_one_question_at_a_time(case: Case, fatima: Person, mieke: Person) -> None:
    hearing = ask(case, mieke)
    wanted = {"by": mieke, "room": case.message.room, "case": case.pk}
    refused(case_ask, "asked", **wanted, words="Nog iets?")
    answer(hearing, fatima)
    refused(case_ask, "empty", **wanted, words=" ")
    ask(case, mieke)


def test_only_the_writer_answers_and_once(case: Case, fatima: Person, mieke: Person) -> None:
    hearing = ask(case, mieke)
    wanted = {"room": case.message.room, "hearing": hearing.pk, "words": "Ik niet."}
    refused(hearing_answer, "no_hearing", by=given.a_resident("Ander"), **wanted)
    refused(hearing_answer, "empty", by=fatima, **wanted | {"words": " "})
    answer(hearing, fatima)
    refused(hearing_answer, "answered", by=fatima, **wanted)
    assert (
        browser(given.a_resident("Nog een")).get(f"/r/kade/vraag/{hearing.pk}/").status_code == 404
    )


def test_who_may_not_write_can_still_be_heard(case: Case, fatima: Person, mieke: Person) -> None:
    hearing = ask(case, mieke)
    given.a_ban(fatima, case.message.room)
    answer(hearing, fatima)


def test_after_the_decision_there_is_an_appeal_instead(
    case: Case, fatima: Person, mieke: Person
) -> None:
    hearing = ask(case, mieke)
    room = case.message.room
    do(case_warn, by=mieke, room=room, case=case.pk, **WHY)
    refused(hearing_answer, "decided", by=fatima, room=room, hearing=hearing.pk, words="Grapje.")
    page = browser(fatima).get(f"/r/kade/vraag/{hearing.pk}/").content.decode()
    assert "This is decided already." in page


def test_there_must_be_a_resident_to_ask(room: Room, mieke: Person) -> None:
    about = given.a_message(room, by=given.an_official())
    case = reported(room, about)
    refused(case_ask, "no_person", by=mieke, room=room, case=case.pk, words=ASKED)


def test_a_decided_case_asks_nothing(case: Case, mieke: Person) -> None:
    wanted = {"by": mieke, "room": case.message.room, "case": case.pk}
    do(case_leave, **wanted, reason="Mag.")
    refused(case_ask, "decided", **wanted, words=ASKED)


def test_who_asked_does_not_look_again(case: Case, mieke: Person) -> None:
    ask(case, mieke)
    room, ada = case.message.room, given.an_administrator("Ada")
    do(case_warn, by=ada, room=room, case=case.pk, **WHY)
    decision = case.decisions.get()
    assert not may_look_again(decision, mieke.pk)
    assert may_look_again(decision, given.a_manager("Ali").pk)


def test_it_is_in_the_export_of_whom_it_is_about(case: Case, fatima: Person, mieke: Person) -> None:
    answer(ask(case, mieke), fatima)
    rows = dict(decisions_of(fatima.pk))["hearings"]
    assert [(row["words"], row["answer"]) for row in rows] == [(ASKED, "Het plan, niet de mensen.")]
