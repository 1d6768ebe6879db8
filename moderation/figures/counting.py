"""How much was decided in each month, in all rooms or in one. No names, no words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Q
from django.utils import timezone

from moderation.models import Act, Appeal, Case, Decision, NudgeCount
from rooms.models import Room

from .holds import Hold, Holds

MONTHS = 12


@dataclass
class Month:
    """`grounds`: hidden messages by ground. `holds`: those that began in this month. Times are in
    minutes, one for each that was decided."""

    first: date
    acts: Counter[str] = field(default_factory=Counter)
    grounds: Counter[str] = field(default_factory=Counter)
    four_eyes: int = 0
    automatic: int = 0
    reports: int = 0
    appeals: int = 0
    granted: int = 0
    refused: int = 0
    holds: list[Hold] = field(default_factory=list)
    nudges: Counter[str] = field(default_factory=Counter)
    to_hide: list[float] = field(default_factory=list)
    to_decide: list[float] = field(default_factory=list)
    to_answer: list[float] = field(default_factory=list)


def months(room: Room | None, *, today: date) -> list[Month]:
    """The last `MONTHS` months, the oldest first; a month in which nothing was decided as well."""
    found = {first: Month(first) for first in _firsts(today)}
    start = timezone.make_aware(datetime.combine(min(found), datetime.min.time()))
    holds = Holds()
    for decision in _decisions(room, start):
        _count(found[_first(decision.at)], decision)
        holds.follow(decision)
    for hold in holds.every:
        found[_first(hold.begun.at)].holds.append(hold)
    for case in _cases(room, start):
        _count_case(found, case, start)
    for appeal in _appeals(room, start):
        _count_appeal(found, appeal, start)
    for nudge in _nudges(room, start):
        found[nudge.day.replace(day=1)].nudges[nudge.outcome] += nudge.count
    return list(found.values())


def middle(minutes: Iterable[float]) -> float | None:
    """The median; None of nothing."""
    values = list(minutes)
    return median(values) if values else None


def _firsts(today: date) -> list[date]:
    """The first days of the months, up to the one that `today` is in."""
    firsts = [today.replace(day=1)]
    while len(firsts) < MONTHS:
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    return firsts[::-1]


def _first(at: datetime) -> date:
    return timezone.localtime(at).date().replace(day=1)


def _decisions(room: Room | None, start: datetime) -> Iterable[Decision]:
    found = Decision.objects.filter(at__gte=start).select_related("message").order_by("pk")
    return (found.filter(room=room) if room else found).iterator()


def _cases(room: Room | None, start: datetime) -> Iterable[Case]:
    found = Case.objects.filter(reports__at__gte=start).distinct().prefetch_related("reports")
    found = found.order_by("pk")
    return (found.filter(message__room=room) if room else found).iterator(chunk_size=500)


def _appeals(room: Room | None, start: datetime) -> Iterable[Appeal]:
    lately = Q(at__gte=start) | Q(decided_at__gte=start)
    found = Appeal.objects.filter(lately).order_by("pk")
    return (found.filter(decision__room=room) if room else found).iterator()


def _nudges(room: Room | None, start: datetime) -> Iterable[NudgeCount]:
    """They are counted for the whole place alone."""
    return [] if room else NudgeCount.objects.filter(day__gte=timezone.localtime(start).date())


def _count(month: Month, decision: Decision) -> None:
    month.acts[decision.act] += 1
    month.four_eyes += decision.four_eyes
    month.automatic += decision.automatic
    if decision.act == Act.HIDE:
        month.grounds[decision.ground] += 1
        if decision.message is not None:
            month.to_hide.append(_minutes(decision.at - decision.message.at))


def _count_case(found: dict[date, Month], case: Case, start: datetime) -> None:
    for report in case.reports.all():
        if report.at >= start:
            found[_first(report.at)].reports += 1
    if case.closed_at is not None and case.closed_at >= start:
        wait = _minutes(case.closed_at - case.opened_at)
        found[_first(case.closed_at)].to_decide.append(wait)


def _count_appeal(found: dict[date, Month], appeal: Appeal, start: datetime) -> None:
    if appeal.at >= start:
        found[_first(appeal.at)].appeals += 1
    if appeal.decided_at is None or appeal.decided_at < start:
        return
    month = found[_first(appeal.decided_at)]
    month.granted += bool(appeal.granted)
    month.refused += not appeal.granted
    month.to_answer.append(_minutes(appeal.decided_at - appeal.at))


def _minutes(time: timedelta) -> float:
    return time.total_seconds() / 60
