"""The report of a quarter, from what is stored."""

import csv
import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from deliberation.agenda.models import Extension, NeedState
from deliberation.agenda.quarter import Quarter
from deliberation.agenda.selectors.quarterly import quarterly
from deliberation.kernel.ids import new_ref
from moderation.services import message_hide, message_restore
from rooms.models import Room
from tests import given
from tests.agenda.given import a_need, an_answer, said, support
from tests.browsing import browser, evening, words
from tests.fakes import EVENING, Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
PAGE = "/n/kade/agenda/kwartaal/2026-1/"
LATER = EVENING + timedelta(days=90)


@pytest.fixture
def room() -> Room:
    return given.a_room("kade-plein")


def test_people_answers_and_time_are_counted_in_their_quarter(room: Room) -> None:
    need = a_need(room, said(room), state=NeedState.ANSWERED, due_on=date(2026, 3, 20), due={})
    an_answer(need, kenmerk="BH-2026-0050", at=EVENING + timedelta(days=8))
    support(need, *(given.a_resident(f"Buur {number}") for number in range(12)))
    first = quarterly(room.neighbourhood, Quarter(2026, 1), at=LATER).report
    assert (first.reach.people, first.reach.supported) == (16, 12)
    assert first.reach.wrote is None  # 4 people: a small group
    assert (first.answers.answered, first.answers.days, first.answers.on_time) == (1, 8.0, 1)
    assert first.states == {"answered": 1}
    second = quarterly(room.neighbourhood, Quarter(2026, 2), at=LATER).report
    assert (second.reach.people, second.answers.answered) == (0, 0)
    assert second.states == {"answered": 1}


def test_a_past_quarter_says_what_was_promised_then(room: Room) -> None:
    due = date(2026, 3, 10)
    need = a_need(room, said(room), state=NeedState.ASKED, due_on=date(2026, 5, 1))
    Extension.objects.create(
        need=need, old_due=due, new_due=date(2026, 5, 1), reason="Onderzoek.", at=LATER
    )
    first = quarterly(room.neighbourhood, Quarter(2026, 1), at=LATER)
    assert (first.report.answers.overdue, first.extensions) == (1, [])
    second = quarterly(room.neighbourhood, Quarter(2026, 2), at=LATER + timedelta(days=1))
    assert second.report.answers.extensions == 1
    assert second.report.answers.overdue == (1 if second.until > date(2026, 5, 1) else 0)


def test_staff_are_not_reached(room: Room) -> None:
    given.a_message(room, by=given.a_manager("Mieke"))
    found = quarterly(room.neighbourhood, Quarter(2026, 1), at=LATER).report
    assert found.reach.people == 1  # who opened the conversation


def test_what_moderators_did_is_counted_once_though_two_streams_tell_it(room: Room) -> None:
    message = given.a_message(room)
    manager = given.acting(given.a_manager("Mieke"))
    fields = {"actor": manager, "room": room, "message": message.pk, "at": EVENING}
    message_hide(ref=new_ref(), ground="insult", reason="Schelden.", **fields)
    message_restore(ref=new_ref(), reason="Toch niet.", **fields)
    found = quarterly(room.neighbourhood, Quarter(2026, 1), at=LATER).report
    assert found.moderation["message.hidden"] == 1
    assert found.moderation["message.restored"] == 1


def test_the_page_explains_its_numbers(room: Room, evening: Clock) -> None:
    a_need(room, said(room))
    evening.forward(hours=1)
    page = words(browser().get(PAGE))
    assert "De Kade, quarter 1 of 2026" in page
    assert "This quarter has not ended yet." in page
    assert "Residents who did something 4" in page
    assert "Wrote a message a small group" in page
    assert "Everyone counts once." in page


def test_it_is_a_document_and_a_table_as_well(room: Room, evening: Clock) -> None:
    need = a_need(room, said(room), state=NeedState.ASKED, due_on=date(2026, 5, 1))
    Extension.objects.create(
        need=need,
        old_due=date(2026, 3, 10),
        new_due=date(2026, 5, 1),
        reason="=1+1",
        at=EVENING - timedelta(hours=1),
    )
    document = PdfReader(io.BytesIO(browser().get(f"{PAGE}rapport.pdf?lang=en").content))
    text = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    assert "quarter 1 of 2026" in text
    rows = list(
        csv.reader(io.StringIO(browser().get(f"{PAGE}rapport.csv").content.decode(), newline=""))
    )
    assert rows[-1][1:] == [need.kenmerk, "2026-03-10 → 2026-05-01", "'=1+1"]


@pytest.mark.parametrize("when", ["2026-0", "2026-5", "2026-2", "1-1", "9999-1"])
def test_a_quarter_that_is_none_or_has_not_begun_is_not_there(room: Room, when: str) -> None:
    assert browser().get(f"/n/kade/agenda/kwartaal/{when}/").status_code == 404
