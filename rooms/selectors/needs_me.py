"""What needs a manager now, the longest waiting first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from deliberation.people.models import Ban
from rooms.models import Message, MessageState, Mode, Room, Thread, ThreadKind, ThreadState

UNANSWERED = timedelta(hours=48)
QUIET = timedelta(days=7)
SOON = timedelta(days=1)
MOST = 10  # of each kind; the number of all stands beside it


Item = TypeVar("Item", Thread, Room)


@dataclass(frozen=True)
class Pile(Generic[Item]):
    """The first of them, and how many there are. Threads have `last_at`."""

    items: list[Item]
    count: int


@dataclass(frozen=True)
class NeedsMe:
    """`questions` wait for an answer, `quiet` threads for a word, `ending` modes for a look, and
    `reviews` too: rooms in which someone may not write, and it is time to ask whether that is
    still needed."""

    questions: "Pile[Thread]"
    quiet: "Pile[Thread]"
    ending: "Pile[Room]"
    reviews: "Pile[Room]"

    @property
    def count(self) -> int:
        return self.questions.count + self.quiet.count + self.ending.count + self.reviews.count


def needs_me(rooms: list[Room], *, at: datetime) -> NeedsMe:
    """In these rooms. As many queries for a hundred rooms as for one."""
    threads = _open_threads(rooms)
    asked = threads.filter(_waits(at))
    quiet = threads.filter(Q(last_at__lte=at - QUIET)).exclude(_waits(at))
    ending = [room for room in rooms if _ends_soon(room, at)]
    return NeedsMe(
        questions=_pile(asked),
        quiet=_pile(quiet),
        ending=Pile(sorted(ending, key=_end)[:MOST], len(ending)),
        reviews=_to_review(rooms, at),
    )


def _open_threads(rooms: list[Room]) -> QuerySet[Thread]:
    newest = Message.objects.filter(thread=OuterRef("pk"), state=MessageState.SHOWN)
    newest = newest.order_by("-seq")
    by_a_resident = Message.objects.filter(pk=OuterRef("last"), author__roles=[])
    threads = Thread.objects.filter(room__in=rooms, state=ThreadState.OPEN)
    return threads.annotate(
        last=Subquery(newest.values("pk")[:1]),
        last_at=Subquery(newest.values("at")[:1]),
    ).annotate(last_by_resident=Exists(by_a_resident))


def _waits(at: datetime) -> Q:
    """A question whose last word is a resident's, for too long."""
    old = Q(last_at__lte=at - UNANSWERED)
    return Q(kind=ThreadKind.QUESTION) & Q(last_by_resident=True) & old


def _pile(threads: QuerySet[Thread]) -> "Pile[Thread]":
    return Pile(list(threads.select_related("room").order_by(F("last_at"))[:MOST]), threads.count())


def _to_review(rooms: list[Room], at: datetime) -> "Pile[Room]":
    """A ban from everywhere is looked at in the first room."""
    due = [ban for ban in Ban.objects.in_force(at) if ban.review_at and ban.review_at <= at]
    places = {ban.place for ban in due}
    found = [room for room in rooms if room.slug in places]
    if "" in places and not found:
        found = rooms[:1]
    return Pile(found[:MOST], len(due) if found else 0)


def _ends_soon(room: Room, at: datetime) -> bool:
    return room.mode_at(at) is not Mode.OPEN and _end(room) <= at + SOON


def _end(room: Room) -> datetime:
    assert room.mode_until is not None
    return room.mode_until
