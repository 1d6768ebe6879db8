"""The figures of a quarter, each worked out by hand."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from deliberation.agenda.quarter import Facts, Life, Quarter, Report, quarter_of, report

STANDING = ("on_agenda", "asked", "answered", "under_way")
FIRST, UNTIL = date(2026, 4, 1), date(2026, 6, 30)


def of(**facts: Any) -> Report:
    return report(Facts(first=FIRST, until=UNTIL, **facts), standing=STANDING)


@pytest.mark.parametrize(
    ("day", "year", "number"),
    [
        (date(2026, 1, 1), 2026, 1),
        (date(2026, 3, 31), 2026, 1),
        (date(2026, 4, 1), 2026, 2),
        (date(2026, 12, 31), 2026, 4),
    ],
)
def test_a_day_is_in_one_quarter(day: date, year: int, number: int) -> None:
    assert quarter_of(day) == Quarter(year, number)


def test_quarters_follow_each_other_over_the_years() -> None:
    assert Quarter(2026, 4).next == Quarter(2027, 1)
    assert Quarter(2026, 1).previous == Quarter(2025, 4)
    assert Quarter(2026, 3).previous.next == Quarter(2026, 3)


def test_a_quarter_begins_and_ends_at_midnight_here_also_when_the_clock_changed() -> None:
    begin, end = Quarter(2026, 1).bounds("Europe/Amsterdam")
    assert begin.astimezone(UTC) == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert end.astimezone(UTC) == datetime(2026, 3, 31, 22, tzinfo=UTC)


def test_everyone_counts_once_however_much_they_did() -> None:
    found = of(
        wrote=range(1, 13), stances=range(5, 21), supported=range(1, 11), before=range(1, 11)
    )
    assert vars(found.reach) == {
        "people": 20,
        "wrote": 12,
        "stances": 16,
        "supported": 10,
        "new": 10,
    }


def test_a_small_group_is_not_told_apart() -> None:
    found = of(wrote=range(1, 13), stances=range(1, 4), supported=[], before=range(1, 4))
    assert (found.reach.people, found.reach.wrote, found.reach.stances) == (12, 12, None)
    assert found.reach.supported == 0
    # 9 are new and 3 are not: both would be a small group.
    assert found.reach.new is None


def test_what_is_left_over_may_not_be_a_small_group_either() -> None:
    found = of(wrote=range(1, 22), before=range(1, 4))
    assert found.reach.new is None  # 18 would leave 3


def test_fewer_than_ten_people_are_not_broken_down_at_all() -> None:
    found = of(wrote=range(1, 10))
    assert (found.reach.people, found.reach.wrote, found.reach.new) == (9, None, None)


def test_response_times_and_what_was_on_time() -> None:
    due = date(2026, 5, 20)
    lives = [
        # 10 days, in time
        Life("answered", date(2026, 4, 10), due, due, date(2026, 4, 20)),
        # 50 days: after the first promise, on the last day of the second
        Life("answered", date(2026, 4, 1), due, date(2026, 5, 21), date(2026, 5, 21)),
        # 60 days and late
        Life("done", date(2026, 4, 1), due, due, date(2026, 5, 31)),
        # answered before this quarter
        Life("done", date(2026, 1, 1), due, due, date(2026, 3, 31)),
        # late and without an answer
        Life("asked", date(2026, 4, 1), date(2026, 6, 29), date(2026, 6, 29)),
        # due on the last day itself: not late yet
        Life("asked", date(2026, 4, 1), UNTIL, UNTIL),
        # closed: nobody owes an answer any more
        Life("closed", date(2026, 4, 1), due, due),
    ]
    found = of(lives=lives, extensions=1).answers
    assert (found.answered, found.days) == (3, 50.0)
    assert (found.on_time, found.as_first_promised, found.share) == (2, 1, 67)
    assert (found.overdue, found.extensions) == (1, 1)


def test_without_answers_there_is_no_middle_and_no_share() -> None:
    found = of(lives=[Life("on_agenda")]).answers
    assert (found.answered, found.days, found.share) == (0, None, None)


def test_states_are_counted_and_the_breadth_is_of_what_stands() -> None:
    lives = [
        Life("on_agenda", people=3, threads=1),
        Life("on_agenda", people=8, threads=3),
        Life("asked", people=30, threads=2),
        Life("closed", people=100, threads=9),
    ]
    found = of(lives=lives)
    assert found.states == {"on_agenda": 2, "asked": 1, "closed": 1}
    assert vars(found.breadth) == {
        "needs": 3,
        "middle": 8.0,
        "least": 3,
        "most": 30,
        "several_threads": 2,
    }
