"""By when an answer is owed: working days, counted by the rule in force. Pure: no data, no clock.

The rules are data (`data/policy.toml`); reading it fails where the data is wrong.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import holidays
import msgspec

BODIES = ("council", "executive", "staff")
DAY = timedelta(days=1)
SATURDAY = 5
BUILT_IN = Path(__file__).parent / "data" / "policy.toml"
Why = Literal["weekend", "holiday", "recess"]


class WrongPolicy(ValueError):
    """What is wrong with the rules, in words."""


class Recess(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days on which nobody meets, the first and the last included."""

    name: str
    first: date
    last: date


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule. `days`: working days by deciding body. `holidays`: kinds of days off, as the library
    of that name knows them. For the bodies in `recess_for` days in `recess` don't count.
    """

    version: str
    valid_from: date
    days: dict[str, int]
    holidays: tuple[Literal["public", "optional"], ...] = ("public",)
    recess_for: tuple[str, ...] = ()
    recess: tuple[Recess, ...] = ()


class Skipped(msgspec.Struct, frozen=True):
    """A day that does not count. `name`: of the holiday (Dutch) or of the recess."""

    day: date
    why: Why
    name: str = ""


class Due(msgspec.Struct, frozen=True):
    """A due date with what it was made of.

    `days` working days are counted from the day after `asked_on`, a day of the municipality's own
    calendar; the last of them is `on`. `policy` and `valid_from` name the rule.
    """

    on: date
    asked_on: date
    body: str
    days: int
    policy: str
    valid_from: date
    skipped: tuple[Skipped, ...] = ()

    @property
    def weekends(self) -> int:
        """How many Saturdays and Sundays were skipped."""
        return sum(one.why == "weekend" for one in self.skipped)

    @property
    def named(self) -> list[Skipped]:
        """The holidays that were skipped."""
        return [one for one in self.skipped if one.why == "holiday"]

    @property
    def recesses(self) -> dict[str, int]:
        """Working days that fell into a recess, by its name."""
        names = [one.name for one in self.skipped if one.why == "recess"]
        return {name: names.count(name) for name in dict.fromkeys(names)}


class _File(msgspec.Struct, forbid_unknown_fields=True):
    policy: tuple[Policy, ...]


def due(policies: Sequence[Policy], body: str, *, at: datetime, zone: str) -> Due:
    """By when `body` owes the answer that was asked for `at` this moment."""
    asked = local_day(at, zone)
    rule = in_force(policies, asked)
    skipped: list[Skipped] = []
    on = asked
    for _ in range(rule.days[body]):
        on = _next(on, rule, body, skipped)
    return Due(
        on=on,
        asked_on=asked,
        body=body,
        days=rule.days[body],
        policy=rule.version,
        valid_from=rule.valid_from,
        skipped=tuple(skipped),
    )


def local_day(at: datetime, zone: str) -> date:
    """Which day it is on the municipality's own clock, at this moment."""
    return at.astimezone(ZoneInfo(zone)).date()


def in_force(policies: Sequence[Policy], day: date) -> Policy:
    """The rule of that day; before the first, the first."""
    begun = [rule for rule in policies if rule.valid_from <= day]
    return begun[-1] if begun else policies[0]


def day_off(day: date, rule: Policy, body: str) -> Skipped | None:
    """Why a day does not count, if it does not."""
    if day.weekday() >= SATURDAY:
        return Skipped(day, "weekend")
    if name := _holidays(day.year, rule.holidays).get(day):
        return Skipped(day, "holiday", name)
    for one in rule.recess if body in rule.recess_for else ():
        if one.first <= day <= one.last:
            return Skipped(day, "recess", one.name)
    return None


def as_stored(found: Due) -> dict[str, object]:
    """What JSON can hold of it."""
    stored: dict[str, object] = msgspec.to_builtins(found)
    return stored


def from_stored(stored: object) -> Due | None:
    """The same, back again; None where nothing was stored."""
    return msgspec.convert(stored, Due) if stored else None


def read(path: Path) -> tuple[Policy, ...]:
    """The rules in a file, the oldest first. Raises WrongPolicy."""
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=_File).policy
    except (OSError, ValueError) as error:
        raise WrongPolicy(f"{path} can't be read: {error}") from error
    if wrong := list(_wrong(found)):
        raise WrongPolicy(f"{path} is not right: {'; '.join(wrong)}.")
    return tuple(sorted(found, key=lambda rule: rule.valid_from))


def _next(day: date, rule: Policy, body: str, skipped: list[Skipped]) -> date:
    """The first working day after `day`; those that don't count go into `skipped`."""
    day += DAY
    while off := day_off(day, rule, body):
        skipped.append(off)
        day += DAY
    return day


@cache
def _holidays(year: int, kinds: tuple[str, ...]) -> dict[date, str]:
    return dict(holidays.country_holidays("NL", years=year, language="nl", categories=kinds))


def _wrong(policies: Sequence[Policy]) -> Iterator[str]:
    if not policies:
        yield "there is no rule in it"
    yield from _twice("version", policies, lambda rule: rule.version)
    yield from _twice("valid_from", policies, lambda rule: rule.valid_from)
    for rule in policies:
        if set(rule.days) != set(BODIES) or min(rule.days.values()) < 1:
            yield f"{rule.version}: days must be above 0 for each of {', '.join(BODIES)}"
        if not set(rule.recess_for) <= set(BODIES):
            yield f"{rule.version}: recess_for names someone else than {', '.join(BODIES)}"
        if any(one.first > one.last for one in rule.recess):
            yield f"{rule.version}: a recess ends before it begins"


def _twice(
    field: str, policies: Sequence[Policy], value: Callable[[Policy], object]
) -> Iterator[str]:
    values = [value(rule) for rule in policies]
    yield from (f"{field} {one} is there twice" for one in set(values) if values.count(one) > 1)
