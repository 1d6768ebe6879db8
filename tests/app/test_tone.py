"""Asking a writer to think again: it never blocks, keeps no words, and counts what came of it."""

from datetime import date

import pytest

from moderation.figures.counting import months
from moderation.figures.table import rows
from moderation.models import NudgeCount
from moderation.services.nudging import nudge_count
from moderation.tone import tone
from rooms.models import Room
from tests import given
from tests.browsing import browser
from tests.fakes import EVENING

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "heated", "private"),
    [
        ("Jij bent echt een klootzak, klootzak!", ["klootzak"], []),
        ("Bel mij op 06-12345678.", [], ["06-12345678"]),
        ("Er zou een bankje moeten komen.", [], []),
        ("Hij noemde mij een “klootzak”.", [], []),
    ],
)
def test_what_there_is_to_think_about(text: str, heated: list[str], private: list[str]) -> None:
    found = tone(text, at=EVENING)
    assert (found.heated, found.private) == (heated, private)


def test_anyone_who_writes_is_asked_also_before_they_have_a_name() -> None:
    answer = browser().post("/toon", {"text": "Jij klootzak!"})
    assert answer.json() == {"heated": ["klootzak"], "private": []}
    assert browser().get("/toon").status_code == 405


def test_it_is_counted_of_who_has_a_name() -> None:
    resident = browser(given.a_resident())
    for how in ("asked", "changed", "asked"):
        assert resident.post("/toon", {"how": how}).status_code == 204
    assert browser().post("/toon", {"how": "asked"}).status_code == 204
    assert dict(NudgeCount.objects.values_list("outcome", "count")) == {"asked": 2, "changed": 1}


def test_what_is_no_outcome_is_refused() -> None:
    answer = browser(given.a_resident()).post("/toon", {"how": "verkocht"})
    assert answer.status_code == 403
    assert not NudgeCount.objects.exists()


def test_everyone_can_read_how_often_and_what_came_of_it() -> None:
    for outcome in ("asked", "asked", "dropped"):
        nudge_count(outcome=outcome, at=EVENING)
    today = date(2026, 3, 5)
    found = {row.key: row.total for row in rows(months(None, today=today))}
    assert (found["nudge_asked"], found["nudge_dropped"], found["nudge_sent"]) == (2, 1, 0)
    room: Room = given.a_room("kade")
    assert "nudge_asked" not in {row.key for row in rows(months(room, today=today))}
