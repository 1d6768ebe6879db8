"""What happened in a neighbourhood in a quarter, gathered for its report."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Min, QuerySet
from django.utils import timezone

from deliberation.agenda.models import Evidence, Extension, Move, Need, Response, Support
from deliberation.agenda.quarter import Facts, Life, Quarter, Report, report
from deliberation.eventlog.models import Event
from deliberation.protocol.fold import LISTED
from rooms.models import Message, MessageState, Neighbourhood, Room, Stance

MODERATION = ("message.hidden", "message.restored", "message.retracted", "person.banned")


@dataclass(frozen=True)
class Quarterly:
    """`until`: how far it goes, for a quarter that has not ended. `extensions`: with reasons."""

    quarter: Quarter
    until: date
    is_over: bool
    report: Report
    extensions: list[Extension]


def quarterly(place: Neighbourhood, quarter: Quarter, *, at: datetime) -> Quarterly:
    """The report of a quarter that has begun."""
    start, end = quarter.bounds(settings.TIME_ZONE)
    stop = min(end, at)
    until = timezone.localtime(stop).date() - (timedelta(days=1) if stop == end else timedelta())
    extensions = Extension.objects.filter(need__neighbourhood=place, at__gte=start, at__lt=stop)
    given = list(extensions.select_related("need").order_by("at", "pk"))
    facts = Facts(
        first=quarter.first,
        until=until,
        **_people(place, start, stop),
        lives=_lives(place, stop),
        extensions=len(given),
        events=_moderation(place, start, stop),
    )
    found = report(facts, standing=LISTED)
    return Quarterly(quarter, until, stop == end, found, given)


def _people(place: Neighbourhood, start: datetime, stop: datetime) -> dict[str, set[int]]:
    """Residents only: who works for the municipality is not reached by it."""
    wrote = Message.objects.filter(room__neighbourhood=place, author__roles=[])
    stances = Stance.objects.filter(message__room__neighbourhood=place, person__roles=[])
    support = Support.objects.filter(need__neighbourhood=place, person__roles=[])
    acts: list[tuple[str, QuerySet[Message] | QuerySet[Stance] | QuerySet[Support], str]] = [
        ("wrote", wrote, "author"),
        ("stances", stances, "person"),
        ("supported", support, "person"),
    ]
    found: dict[str, set[int]] = {"before": set()}
    for name, rows, who in acts:
        during = rows.filter(at__gte=start, at__lt=stop)
        found[name] = set(during.values_list(who, flat=True))
        found["before"] |= set(rows.filter(at__lt=start).values_list(who, flat=True))
    return found


def _moderation(place: Neighbourhood, start: datetime, stop: datetime) -> dict[str, int]:
    rooms = Room.objects.filter(neighbourhood=place)
    streams = [name for room in rooms for name in (room.public_stream, room.staff_stream)]
    rows = Event.objects.filter(
        stream__name__in=streams, kind__in=MODERATION, at__gte=start, at__lt=stop
    )
    # What is told to both streams of a room happened once.
    once = {
        (kind, subject, when) for kind, subject, when in rows.values_list("kind", "subject", "at")
    }
    counts = Counter(kind for kind, _, _ in once)
    return {kind: counts[kind] for kind in MODERATION}


def _lives(place: Neighbourhood, stop: datetime) -> list[Life]:
    """Each need that was on the agenda before then, as it stood at that moment."""
    listed = Need.objects.of(place.pk).public().filter(listed_at__lt=stop)
    needs = listed.filter(merged_into=None).in_bulk()
    states, answers = _states(needs, stop), _first_answers(needs, stop)
    later = _extensions(needs)
    people, threads = _breadth(needs, stop)
    return [
        Life(
            state=states.get(pk, str(need.state)),
            asked_on=_day(need.asked_at) if need.asked_at and need.asked_at < stop else None,
            first_due=later[pk][0].old_due if later[pk] else need.due_on,
            due_on=_due_at(need, later[pk], stop),
            answered_on=answers.get(pk),
            people=len(people[pk]),
            threads=len(threads[pk]),
        )
        for pk, need in needs.items()
    ]


def _states(needs: Collection[int], stop: datetime) -> Mapping[int, str]:
    moves = Move.objects.filter(need__in=needs, at__lt=stop).order_by("at", "pk")
    return dict(moves.values_list("need", "target"))


def _first_answers(needs: Collection[int], stop: datetime) -> dict[int, date]:
    published = Response.objects.filter(need__in=needs, state=Response.State.PUBLISHED)
    rows = published.filter(published_at__lt=stop).order_by().values("need")
    firsts = rows.annotate(first=Min("published_at")).values_list("need", "first")
    return {need: _day(first) for need, first in firsts if first}


def _extensions(needs: Collection[int]) -> Mapping[int, list[Extension]]:
    found: dict[int, list[Extension]] = defaultdict(list)
    for one in Extension.objects.filter(need__in=needs).order_by("at", "pk"):
        found[one.need_id].append(one)
    return found


def _due_at(need: Need, extensions: Iterable[Extension], stop: datetime) -> date | None:
    """The day that was promised at that moment, whatever was promised later."""
    later = [one.old_due for one in extensions if one.at >= stop]
    return later[0] if later else need.due_on


def _breadth(
    needs: Collection[int], stop: datetime
) -> tuple[Mapping[int, set[int]], Mapping[int, set[int]]]:
    said = Evidence.objects.filter(
        need__in=needs, message__state=MessageState.SHOWN, message__at__lt=stop
    )
    people: dict[int, set[int]] = defaultdict(set)
    threads: dict[int, set[int]] = defaultdict(set)
    rows = said.values_list("need", "message__author", "message__thread")
    for need, author, thread in rows.iterator(chunk_size=1000):
        threads[need].add(thread)
        if author is not None:
            people[need].add(author)
    return people, threads


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
