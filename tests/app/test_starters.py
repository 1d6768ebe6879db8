"""Conversations on a schedule: started once, at their moment, also by a worker that was away."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from deliberation.config.housekeeping import tidy
from deliberation.people.models import Person
from rooms.models import Room, Starter, Thread
from rooms.services import starter_plan, starters_start
from tests import given
from tests.browsing import browser, evening, words
from tests.fakes import EVENING, Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
TOMORROW = EVENING + timedelta(days=1)
WEEK = timedelta(days=7)


@pytest.fixture
def manager() -> Person:
    return given.a_manager()


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


def planned(room: Room, manager: Person, **fields: Any) -> Starter:
    plan = {"title": "Hoe was je week?", "kind": "question", "body": "Vertel!", "when": TOMORROW}
    return starter_plan(actor=given.acting(manager), room=room, at=EVENING, **(plan | fields))


def started(room: Room) -> list[str]:
    return [thread.title for thread in Thread.objects.filter(room=room).order_by("pk")]


def test_it_starts_at_its_moment_in_the_name_of_who_planned_it(room: Room, manager: Person) -> None:
    planned(room, manager)
    starters_start(at=TOMORROW - timedelta(seconds=1))
    assert started(room) == []
    tidy(Clock(TOMORROW))
    (thread,) = Thread.objects.filter(room=room)
    assert (thread.title, thread.opened_by) == ("Hoe was je week?", manager)
    assert thread.messages.get().body == "Vertel!"
    assert not Starter.objects.exists()


def test_a_weekly_one_starts_every_week_until_its_last_day(room: Room, manager: Person) -> None:
    planned(room, manager, weekly=True, until=(TOMORROW + WEEK).date())
    for moment in (TOMORROW, TOMORROW + timedelta(days=1), TOMORROW + WEEK, TOMORROW + 2 * WEEK):
        starters_start(at=moment)
        starters_start(at=moment)
    assert len(started(room)) == 2
    assert not Starter.objects.exists()


def test_a_worker_that_was_away_starts_it_once(room: Room, manager: Person) -> None:
    planned(room, manager, weekly=True)
    starters_start(at=TOMORROW + 2 * WEEK + timedelta(hours=1))
    assert len(started(room)) == 1
    assert Starter.objects.get().next_at == TOMORROW + 3 * WEEK


def test_a_worker_that_dies_after_starting_it_does_not_start_it_again(
    room: Room, manager: Person
) -> None:
    starter = planned(room, manager, weekly=True)
    starters_start(at=TOMORROW)
    Starter.objects.filter(pk=starter.pk).update(next_at=TOMORROW)
    starters_start(at=TOMORROW)
    assert len(started(room)) == 1
    assert Starter.objects.get().next_at == TOMORROW + WEEK


@pytest.mark.parametrize("mode", ["read_only", "frozen"])
def test_it_waits_while_the_room_takes_no_conversations(
    room: Room, manager: Person, mode: str
) -> None:
    planned(room, manager)
    given.a_mode(room, mode, until=TOMORROW + timedelta(hours=1))
    starters_start(at=TOMORROW)
    assert started(room) == []
    starters_start(at=TOMORROW + timedelta(hours=2))
    assert len(started(room)) == 1


def test_who_is_no_manager_any_more_plans_nothing(room: Room, manager: Person) -> None:
    planned(room, manager)
    Person.objects.filter(pk=manager.pk).update(roles=[])
    starters_start(at=TOMORROW)
    assert started(room) == []
    assert not Starter.objects.exists()


def test_every_week_is_the_same_time_of_the_clock_when_summer_ends() -> None:
    before = datetime(2026, 10, 20, 17, 0, tzinfo=UTC)  # 19:00 in summer
    starter = Starter(next_at=before, weekly=True)
    assert starter.after(before) == datetime(2026, 10, 27, 18, 0, tzinfo=UTC)
    assert Starter(next_at=before, weekly=True, until=date(2026, 10, 26)).after(before) is None


def sent(**fields: str) -> dict[str, str]:
    asked = {
        "title": "Koffie?",
        "kind": "activity",
        "body": "Wie komt?",
        "when": "2026-03-09T10:00",
    }
    return asked | fields


def test_a_manager_plans_and_drops_one_by_form(room: Room, manager: Person) -> None:
    client = browser(manager)
    assert client.post("/beheer/r/kade/starters", sent(weekly="on")).status_code == 303
    page = client.get("/beheer/r/kade/starters")
    assert "Koffie?" in words(page)
    assert "then every week" in words(page)
    starter = Starter.objects.get()
    assert client.post(f"/beheer/r/kade/starters/{starter.pk}/drop").status_code == 303
    assert "Nothing is planned yet." in words(client.get("/beheer/r/kade/starters"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"when": "2026-01-01T10:00"}, "This moment is over. Choose one that is still to come."),
        ({"when": "ooit"}, "Enter a valid date/time."),
        ({"weekly": "on", "until": "2026-03-08"}, "The last day comes before the first."),
        ({"title": ""}, "This field is required."),
        ({"body": " \u200b "}, "There is nothing in your message yet."),
        ({"kind": "poem"}, "poem is not one of the available choices"),
    ],
)
def test_a_plan_that_can_not_be_is_refused_in_words(
    room: Room, manager: Person, fields: dict[str, str], said: str
) -> None:
    page = browser(manager).post("/beheer/r/kade/starters", sent(**fields))
    assert page.status_code == 422
    assert said in words(page)
    assert not Starter.objects.exists()


def test_only_managers_plan(room: Room) -> None:
    for person in (given.a_resident(), given.an_official()):
        assert browser(person).post("/beheer/r/kade/starters", sent()).status_code == 403
