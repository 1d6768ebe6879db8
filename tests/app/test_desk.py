"""The manager's home: what waits, the longest waiting first, and a calm page when nothing does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.people.models import Person
from rooms.models import Room
from tests import given
from tests.browsing import browser, evening, words
from tests.fakes import EVENING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
DAYS_AGO = [EVENING - timedelta(days=days) for days in range(12)]


@pytest.fixture
def manager() -> Person:
    return given.a_manager()


@pytest.fixture
def room() -> Room:
    return given.a_room("kade", at=DAYS_AGO[11])


def needs(manager: Person) -> dict[str, list[str]]:
    found = browser(manager).get("/beheer/").context["needs"]
    return {
        "questions": [thread.title for thread in found.questions.items],
        "quiet": [thread.title for thread in found.quiet.items],
        "ending": [one.title for one in found.ending.items],
    }


def test_nothing_to_do_is_said_calmly(manager: Person, room: Room) -> None:
    given.a_thread(room, at=DAYS_AGO[1])
    assert "Nothing waits for you." in words(browser(manager).get("/beheer/"))


def test_a_question_waits_when_residents_had_the_last_word_for_two_days(
    manager: Person, room: Room
) -> None:
    given.a_thread(room, "Oud", kind="question", at=DAYS_AGO[4])
    given.a_thread(room, "Net", kind="question", at=DAYS_AGO[1])
    given.a_thread(room, "Idee", kind="idea", at=DAYS_AGO[4])
    answered = given.a_thread(room, "Beantwoord", kind="question", at=DAYS_AGO[5])
    given.a_message(room, answered, "Ja, in mei.", by=given.an_official(), at=DAYS_AGO[4])
    again = given.a_thread(room, "Doorgevraagd", kind="question", at=DAYS_AGO[6])
    given.a_message(room, again, "Ja, in mei.", by=given.an_official(), at=DAYS_AGO[6])
    given.a_message(room, again, "Welk jaar?", at=DAYS_AGO[5])
    assert needs(manager)["questions"] == ["Doorgevraagd", "Oud"]


def test_a_conversation_is_quiet_after_a_week_and_stands_once(manager: Person, room: Room) -> None:
    given.a_thread(room, "Stil", kind="idea", at=DAYS_AGO[9])
    given.a_thread(room, "Vraag", kind="question", at=DAYS_AGO[10])
    given.a_thread(room, "Levend", kind="idea", at=DAYS_AGO[6])
    found = needs(manager)
    assert (found["quiet"], found["questions"]) == (["Stil"], ["Vraag"])


def test_a_mode_that_ends_within_a_day_asks_for_a_look(manager: Person, room: Room) -> None:
    given.a_mode(room, "read_only")
    given.a_mode(given.a_room("later"), "frozen", until=EVENING + timedelta(days=3))
    assert needs(manager)["ending"] == ["Kade"]


def test_many_waiting_are_counted_and_the_longest_waiting_stand_first(
    manager: Person, room: Room
) -> None:
    for number in range(12):
        given.a_thread(room, f"Vraag {number}", kind="question", at=DAYS_AGO[4])
    page = browser(manager).get("/beheer/")
    assert len(page.context["needs"].questions.items) == 10
    assert "12 in all" in words(page)


def test_a_hundred_rooms_cost_as_many_queries_as_one(manager: Person, room: Room) -> None:
    client = browser(manager)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/beheer/")
        return len(queries)

    given.a_thread(room, kind="question", at=DAYS_AGO[4])
    client.get("/beheer/")
    before = count()
    for number in range(30):
        one = given.a_room(f"kamer-{number}", at=DAYS_AGO[9])
        given.a_thread(one, kind="question", at=DAYS_AGO[4])
        given.a_thread(one, kind="idea", at=DAYS_AGO[8])
    assert count() == before
