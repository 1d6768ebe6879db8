"""Reading the log: where streams stand, and what came after a number."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import Event, Stream


@dataclass(frozen=True)
class Head:
    """Where a stream stands: its last number, and the history that number belongs to."""

    seq: int
    epoch: str


def head(stream: str) -> Head:
    """The stream's head; a stream nobody wrote to yet stands at 0."""
    row = Stream.objects.filter(name=stream).only("last_seq", "epoch").first()
    return Head(row.last_seq, row.epoch) if row else Head(0, "")


def heads(streams: Iterable[str]) -> dict[str, int]:
    """The last numbers of several streams, in one query."""
    rows = Stream.objects.filter(name__in=list(streams)).values_list("name", "last_seq")
    return dict(rows)


def read_after(stream: str, seq: int, *, limit: int) -> list[Event]:
    """At most `limit` events after number `seq`, in order."""
    return list(Event.objects.filter(stream__name=stream, seq__gt=seq).order_by("seq")[:limit])
