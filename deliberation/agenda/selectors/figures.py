"""What a need is counted from, as it is shown now; as many queries for a hundred as for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, F, IntegerField, Sum, Value, When

from deliberation.agenda.models import Evidence
from deliberation.agenda.ordering import weight
from deliberation.engine.parameters import Parameters
from deliberation.engine.shapes import Opinion
from rooms.models import MessageState, Stance, StanceValue

from .groups import Group, groups_of

RECENT = timedelta(days=Parameters().trend_days)
NOBODY = Opinion(agree=0, disagree=0, unsure=0)
Balances = Mapping[int, Mapping[int, int]]
"""Need → person → agreeing less disagreeing stances on its messages."""


@dataclass(frozen=True)
class Figures:
    """`people`: the breadth. `trend`: people in the last 30 days, less those in the 30 before.

    `is_new`: nobody said it before those last 30 days.
    """

    people: int = 0
    messages: int = 0
    first: datetime | None = None
    last: datetime | None = None
    trend: int = 0
    opinion: Opinion = NOBODY
    by_group: tuple[Opinion, ...] = ()
    rooms: frozenset[int] = frozenset()
    is_new: bool = False

    @property
    def weight(self) -> float:
        return weight(self.people, self.opinion, self.by_group)


def figures_of(needs: Collection[int], *, at: datetime) -> dict[int, Figures]:
    """The figures of each of these needs (by id)."""
    said: dict[int, list[_Said]] = defaultdict(list)
    for need, author, when, room in _evidence(needs):
        said[need].append(_Said(author, when, room))
    balances = balances_of(needs)
    groups = groups_of({one.room for each in said.values() for one in each})
    return {
        need: _figures(said.get(need, []), balances.get(need, {}), groups, at=at) for need in needs
    }


def balances_of(needs: Collection[int]) -> Balances:
    """What people think of each need, over the messages that say it."""
    shown = Stance.objects.filter(
        message__evidence__need__in=needs,
        message__evidence__kind=Evidence.Kind.PART,
        message__state=MessageState.SHOWN,
    )
    sign = Case(
        When(value=StanceValue.AGREE, then=Value(1)),
        When(value=StanceValue.DISAGREE, then=Value(-1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    rows = shown.values("person", need=F("message__evidence__need")).annotate(balance=Sum(sign))
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for need, person, balance in rows.values_list("need", "person", "balance"):
        found[need][person] = balance
    return found


def opinion_of(balances: Mapping[int, int], group: Group | None = None) -> Opinion:
    """Each person once, on the side most of their stances are."""
    inside = group.members if group else balances.keys()
    values = [balance for person, balance in balances.items() if person in inside]
    return Opinion(
        agree=sum(value > 0 for value in values),
        disagree=sum(value < 0 for value in values),
        unsure=sum(value == 0 for value in values),
        group=group.name if group else None,
    )


@dataclass(frozen=True)
class _Said:
    author: int | None
    at: datetime
    room: int


def _evidence(needs: Collection[int]) -> Iterable[tuple[int, int | None, datetime, int]]:
    shown = Evidence.objects.filter(need__in=needs, message__state=MessageState.SHOWN)
    return shown.values_list("need", "message__author", "message__at", "message__room")


def _figures(
    said: Collection[_Said], balances: Mapping[int, int], groups: Iterable[Group], *, at: datetime
) -> Figures:
    times = [one.at for one in said]
    rooms = frozenset(one.room for one in said)
    return Figures(
        people=len({one.author for one in said if one.author}),
        messages=len(said),
        first=min(times, default=None),
        last=max(times, default=None),
        trend=_trend(said, at),
        opinion=opinion_of(balances),
        by_group=tuple(opinion_of(balances, one) for one in groups if one.room in rooms),
        rooms=rooms,
        is_new=bool(times) and at - min(times) < RECENT,
    )


def _trend(said: Iterable[_Said], at: datetime) -> int:
    recent: dict[int, set[int | None]] = defaultdict(set)
    for one in said:
        recent[(at - one.at) // RECENT].add(one.author)
    return len(recent[0]) - len(recent[1])
