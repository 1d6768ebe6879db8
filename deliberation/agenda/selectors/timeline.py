"""The life of a need, from the first message to the work that was done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from math import inf

from django.utils import timezone

from deliberation.agenda.models import (
    Extension,
    Milestone,
    Move,
    Need,
    NeedState,
    Response,
)
from rooms.models import Message, MessageState

_TIED = ("first", "last", "move", "extended", "answer", "due", "milestone")  # at one moment


@dataclass(frozen=True)
class Moment:
    """Something that happened on a day, or is to happen (`planned`).

    `kind`: first | last (a message), move, extended, answer, due, milestone; the field of that
    name says more. `at` is None where only the day is known.
    """

    kind: str
    on: date
    at: datetime | None = None
    planned: bool = False
    message: Message | None = None
    move: Move | None = None
    extension: Extension | None = None
    answer: Response | None = None
    milestone: Milestone | None = None


def timeline(need: Need, *, at: datetime) -> list[Moment]:
    """Oldest first; what is still to come at the end."""
    today = timezone.localtime(at).date()
    found = [*_said(need), *_moved(need), *_answered(need), *_planned(need, today)]
    return sorted(found, key=lambda one: (one.planned, one.on, _time(one), _TIED.index(one.kind)))


def _time(moment: Moment) -> float:
    """Of what only the day is known comes after what happened on it."""
    return moment.at.timestamp() if moment.at else inf


def _said(need: Need) -> Iterator[Moment]:
    shown = Message.objects.filter(evidence__need=need, state=MessageState.SHOWN)
    ordered = shown.select_related("author", "room").order_by("at", "pk")
    first, last = ordered.first(), ordered.last()
    if first:
        yield Moment("first", _day(first.at), first.at, message=first)
    if first and last and last != first:
        yield Moment("last", _day(last.at), last.at, message=last)


def _moved(need: Need) -> Iterator[Moment]:
    """An answer tells of itself, and so do milestones."""
    for move in need.moves.exclude(target=NeedState.ANSWERED):
        yield Moment("move", _day(move.at), move.at, move=move)
    for one in need.extensions.all():
        yield Moment("extended", _day(one.at), one.at, extension=one)


def _answered(need: Need) -> Iterator[Moment]:
    for one in need.responses.filter(state=Response.State.PUBLISHED):
        if one.published_at:
            yield Moment("answer", _day(one.published_at), one.published_at, answer=one)


def _planned(need: Need, today: date) -> Iterator[Moment]:
    for one in need.milestones.all():
        yield Moment("milestone", one.on, planned=one.on > today, milestone=one)
    if need.state == NeedState.ASKED and need.due_on:
        yield Moment("due", need.due_on, planned=need.due_on >= today)


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
