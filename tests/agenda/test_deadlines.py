"""By when an answer is owed, over every day that does not count."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.agenda.deadlines import (
    BODIES,
    BUILT_IN,
    Due,
    Policy,
    Recess,
    Skipped,
    WrongPolicy,
    as_stored,
    day_off,
    due,
    from_stored,
    in_force,
    local_day,
    read,
)
from deliberation.agenda.models import Body

ZONE = "Europe/Amsterdam"
SUMMER = Recess("Zomerreces", date(2026, 7, 11), date(2026, 8, 23))


def a_rule(days: int = 1, *, version: str = "1", since: date = date(2020, 1, 1)) -> Policy:
    return Policy(
        version=version,
        valid_from=since,
        days=dict.fromkeys(BODIES, days),
        holidays=("public", "optional"),
        recess_for=("council",),
        recess=(SUMMER,),
    )


def asked(day: str, days: int = 1, *, body: str = "staff", rule: Policy | None = None) -> Due:
    """What is due when it is asked at noon of that day."""
    noon = datetime.fromisoformat(f"{day}T12:00+00:00")
    return due([rule or a_rule(days)], body, at=noon, zone=ZONE)


@pytest.mark.parametrize(
    ("day", "days", "expected", "why"),
    [
        ("2026-03-02", 1, "2026-03-03", "the day itself does not count"),
        ("2026-03-06", 1, "2026-03-09", "a weekend"),
        ("2026-03-07", 1, "2026-03-09", "asked on a Saturday"),
        ("2026-04-02", 1, "2026-04-07", "Good Friday and Easter Monday"),
        ("2026-04-24", 1, "2026-04-28", "King's Day on Monday the 27th"),
        ("2025-04-25", 1, "2025-04-28", "King's Day moved to Saturday the 26th"),
        ("2031-04-25", 1, "2031-04-28", "King's Day moved to Saturday the 26th"),
        ("2026-05-04", 1, "2026-05-06", "5 May"),
        ("2026-05-13", 1, "2026-05-15", "Ascension Day"),
        ("2026-05-13", 2, "2026-05-18", "Ascension Day and a weekend"),
        ("2026-05-22", 1, "2026-05-26", "Whit Monday"),
        ("2025-12-24", 1, "2025-12-29", "both days of Christmas"),
        ("2026-12-24", 1, "2026-12-28", "Christmas Day, the second on a Saturday"),
        ("2026-12-31", 1, "2027-01-04", "New Year's Day and a weekend"),
        ("2026-12-23", 6, "2027-01-04", "from one year into the next"),
        ("2028-02-28", 1, "2028-02-29", "a leap day counts"),
        ("2028-02-28", 2, "2028-03-01", "a leap day counts"),
        ("2026-07-10", 1, "2026-07-13", "no recess for staff"),
    ],
)
def test_only_working_days_count(day: str, days: int, expected: str, why: str) -> None:
    assert str(asked(day, days).on) == expected, why


def test_a_recess_counts_for_nobody_who_is_in_it() -> None:
    found = asked("2026-07-10", body="council")
    assert str(found.on) == "2026-08-24"
    assert found.recesses == {"Zomerreces": 30}
    assert found.weekends == 14


def test_5_may_is_a_day_off_every_year_only_where_the_rule_says_so() -> None:
    public = Policy("2", date(2020, 1, 1), dict.fromkeys(BODIES, 1))
    assert str(asked("2026-05-04", rule=public).on) == "2026-05-05"
    assert str(asked("2025-05-02", rule=public).on) == "2025-05-06"  # once in five years for all


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # The clock goes forward in the night of 28 to 29 March 2026, back on 25 October.
        ("2026-03-28T22:30", "2026-03-28"),  # 23:30 there, an hour from Greenwich
        ("2026-03-28T23:30", "2026-03-29"),
        ("2026-03-29T21:30", "2026-03-29"),  # 23:30 there, now two hours
        ("2026-03-29T22:30", "2026-03-30"),
        ("2026-10-24T21:30", "2026-10-24"),
        ("2026-10-24T22:30", "2026-10-25"),
        ("2026-10-25T22:30", "2026-10-25"),
        ("2026-10-25T23:30", "2026-10-26"),
        ("2026-12-31T23:30", "2027-01-01"),
    ],
)
def test_the_day_is_that_of_the_municipality(moment: str, day: str) -> None:
    assert str(local_day(datetime.fromisoformat(f"{moment}+00:00"), ZONE)) == day


def test_what_is_asked_before_midnight_counts_from_the_next_day_also_when_the_clock_changes() -> (
    None
):
    before = datetime(2026, 3, 29, 21, 30, tzinfo=UTC)  # Sunday, 23:30
    after = datetime(2026, 3, 29, 22, 30, tzinfo=UTC)  # Monday, 00:30
    rule = [a_rule()]
    assert str(due(rule, "staff", at=before, zone=ZONE).on) == "2026-03-30"
    assert str(due(rule, "staff", at=after, zone=ZONE).on) == "2026-03-31"


def test_a_date_says_what_it_was_made_of() -> None:
    found = asked("2026-04-24", 6)
    assert (str(found.on), str(found.asked_on), found.days) == ("2026-05-06", "2026-04-24", 6)
    assert (found.policy, found.body, found.weekends) == ("1", "staff", 4)
    assert found.named == [
        Skipped(date(2026, 4, 27), "holiday", "Koningsdag"),
        Skipped(date(2026, 5, 5), "holiday", "Bevrijdingsdag"),
    ]
    assert from_stored(as_stored(found)) == found
    assert from_stored({}) is None


@settings(max_examples=200)
@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    st.integers(1, 60),
    st.sampled_from(BODIES),
)
def test_every_day_until_then_counts_or_is_explained(at: datetime, days: int, body: str) -> None:
    rule = a_rule(days)
    found = due([rule], body, at=at, zone=ZONE)
    between = [
        found.asked_on + timedelta(days=number)
        for number in range(1, (found.on - found.asked_on).days + 1)
    ]
    skipped = [one.day for one in found.skipped]
    assert [day for day in between if day_off(day, rule, body)] == skipped
    assert len(between) - len(skipped) == days
    assert found.on not in skipped


# The rules


def test_the_rule_is_that_of_the_day_it_was_asked() -> None:
    old, new = a_rule(10), a_rule(5, version="2", since=date(2026, 1, 1))
    assert in_force([old, new], date(2025, 12, 31)) == old
    assert in_force([old, new], date(2026, 1, 1)) == new
    assert in_force([new], date(2025, 12, 31)) == new


def test_the_rules_we_come_with_are_right_for_everyone_who_decides() -> None:
    assert set(BODIES) == set(Body)
    for rule in read(BUILT_IN):
        assert min(rule.days.values()) >= 10


_DAYS = "[policy.days]\ncouncil = 3\nexecutive = 2\nstaff = 1\n"
_ONE = '[[policy]]\nversion = "1"\nvalid_from = 2026-01-01\n'


def test_rules_are_read_in_the_order_of_their_days(tmp_path: Path) -> None:
    later = '[[policy]]\nversion = "2"\nvalid_from = 2027-01-01\n'
    file = tmp_path / "policy.toml"
    file.write_text(later + _DAYS + _ONE + _DAYS)
    assert [rule.version for rule in read(file)] == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("policy = []", "there is no rule"),
        ("[[policy]]", "version"),
        (_ONE + _DAYS + _ONE + _DAYS, "version 1 is there twice"),
        (_ONE + "[policy.days]\nstaff = 1\n", "days must be above 0"),
        (_ONE + _DAYS.replace("1", "0"), "days must be above 0"),
        (_ONE + 'recess_for = ["mayor"]\n' + _DAYS, "recess_for names someone else"),
        (_ONE + 'holidays = ["school"]\n' + _DAYS, "school"),
        (_ONE + "colour = 1\n" + _DAYS, "colour"),
        (
            _ONE + _DAYS + '[[policy.recess]]\nname = "Z"\nfirst = 2026-02-01\nlast = 2026-01-01\n',
            "ends before it begins",
        ),
        ("no toml", "can't be read"),
    ],
)
def test_wrong_rules_are_refused_in_words(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(text)
    with pytest.raises(WrongPolicy, match=why):
        read(file)
    with pytest.raises(WrongPolicy, match="can't be read"):
        read(tmp_path / "none.toml")
