"""The figures of a quarter, for who must account for it. Pure: facts in, figures out."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from statistics import median
from zoneinfo import ZoneInfo

FEWEST = 10  # people: what fewer did is not told apart
ASKED = "asked"


@dataclass(frozen=True)
class Quarter:
    """The first is January up to and including March."""

    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> "Quarter":
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    def bounds(self, zone: str) -> tuple[datetime, datetime]:
        """From the first moment of it up to, not including, the first of the next; local time."""
        here = ZoneInfo(zone)
        return (
            datetime.combine(self.first, time.min, here),
            datetime.combine(self.next.first, time.min, here),
        )


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


@dataclass(frozen=True)
class Life:
    """What happened to a need up to the end of the quarter.

    `due_on`: as promised at that moment; `first_due`: as promised first. `answered_on`: the day of
    its first answer. `people`: its breadth; `threads`: the conversations these came from.
    """

    state: str
    asked_on: date | None = None
    first_due: date | None = None
    due_on: date | None = None
    answered_on: date | None = None
    people: int = 0
    threads: int = 0

    @property
    def days(self) -> int | None:
        """From asking to the first answer."""
        if self.answered_on is None or self.asked_on is None:
            return None
        return (self.answered_on - self.asked_on).days


@dataclass(frozen=True)
class Facts:
    """People by id. `until`: the last day that counts; `events`: moderation, by kind."""

    first: date
    until: date
    wrote: Collection[int] = ()
    stances: Collection[int] = ()
    supported: Collection[int] = ()
    before: Collection[int] = ()
    lives: Sequence[Life] = ()
    extensions: int = 0
    events: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Reach:
    """Residents who did something; None where they are too few to be told apart."""

    people: int
    wrote: int | None
    stances: int | None
    supported: int | None
    new: int | None


@dataclass(frozen=True)
class Answers:
    """`days`: calendar days from asking to the first answer, the middle one of all (median).

    `on_time`: answered on the day that was promised at last, or before; `as_first_promised`: on
    the day that was promised first, or before.
    """

    answered: int
    days: float | None
    on_time: int
    as_first_promised: int
    overdue: int
    extensions: int

    @property
    def share(self) -> int | None:
        """Of the answers, how many in a hundred were on time."""
        return round(100 * self.on_time / self.answered) if self.answered else None


@dataclass(frozen=True)
class Breadth:
    """Of the needs that stand on the agenda: people behind one, the middle, least and most."""

    needs: int
    middle: float | None
    least: int | None
    most: int | None
    several_threads: int


@dataclass(frozen=True)
class Report:
    reach: Reach
    states: Mapping[str, int]
    answers: Answers
    breadth: Breadth
    moderation: Mapping[str, int]


def report(facts: Facts, *, standing: Collection[str]) -> Report:
    """`standing`: the states in which a need is on the agenda."""
    return Report(
        reach=_reach(facts),
        states=Counter(one.state for one in facts.lives),
        answers=_answers(facts),
        breadth=_breadth([one for one in facts.lives if one.state in standing]),
        moderation=facts.events,
    )


def _reach(facts: Facts) -> Reach:
    wrote, stances, supported = set(facts.wrote), set(facts.stances), set(facts.supported)
    people = wrote | stances | supported
    new = people - set(facts.before)
    enough = len(people) >= FEWEST

    def told(part: set[int], rest: int = 0) -> int | None:
        """The size of a part, unless it or what is left without it is a small group."""
        small = any(0 < one < FEWEST for one in (len(part), rest))
        return len(part) if enough and not small else None

    return Reach(
        people=len(people),
        wrote=told(wrote),
        stances=told(stances),
        supported=told(supported),
        new=told(new, len(people) - len(new)),
    )


def _answers(facts: Facts) -> Answers:
    answered = [one for one in facts.lives if one.answered_on and facts.first <= one.answered_on]
    days = [took for one in answered if (took := one.days) is not None]
    return Answers(
        answered=len(answered),
        days=float(median(days)) if days else None,
        on_time=sum(_in_time(one.answered_on, one.due_on) for one in answered),
        as_first_promised=sum(_in_time(one.answered_on, one.first_due) for one in answered),
        overdue=sum(
            one.state == ASKED and one.due_on is not None and one.due_on < facts.until
            for one in facts.lives
        ),
        extensions=facts.extensions,
    )


def _in_time(answered: date | None, due: date | None) -> bool:
    """Without a promised day nothing was late."""
    return answered is not None and (due is None or answered <= due)


def _breadth(lives: Sequence[Life]) -> Breadth:
    people = [one.people for one in lives]
    return Breadth(
        needs=len(lives),
        middle=float(median(people)) if people else None,
        least=min(people, default=None),
        most=max(people, default=None),
        several_threads=sum(one.threads > 1 for one in lives),
    )
