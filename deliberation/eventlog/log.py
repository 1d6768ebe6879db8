"""Writing to the log: numbers under the stream's lock, rows in one go, a ring after commit."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from deliberation.protocol.events import AnyEvent
from deliberation.protocol.replies import TallyNow

from . import doorbell
from .models import Event, Stream

_Row = TypeVar("_Row")


@dataclass(frozen=True)
class Done:
    """A command is durable as number `seq`; `id` is the message or thread it made or touched."""

    seq: int
    id: int


@dataclass
class _Head:
    stream: Stream
    rows: list[Event] = field(default_factory=list)
    events: list[AnyEvent] = field(default_factory=list)
    tallies: dict[int, TallyNow] = field(default_factory=dict)


class Writing:
    """One transaction's writing. Get it from `writing()`."""

    def __init__(self) -> None:
        self._heads: dict[str, _Head] = {}
        self._known: dict[tuple[int | None, UUID], Done | None] = {}
        self._once: dict[Hashable, Any] = {}
        self._at_end: dict[Hashable, Callable[[], object]] = {}
        self.count = 0

    def once(self, key: Hashable, load: Callable[[], _Row]) -> _Row:
        """Load a row a single time for all commands of this transaction.

        Only for rows that no one else changes while a lock held by this transaction is held.
        """
        if key not in self._once:
            self._once[key] = load()
        row: _Row = self._once[key]
        return row

    def at_end(self, key: Hashable, save: Callable[[], object]) -> None:
        """Save a row a single time, just before commit."""
        self._at_end[key] = save

    def lock(self, stream: str) -> int:
        """Hold the stream until commit and return its last number."""
        return self._head(stream).stream.last_seq

    def next(self, stream: str) -> int:
        """Take the next number. It must be appended in this transaction."""
        head = self._head(stream)
        head.stream.last_seq += 1
        return head.stream.last_seq

    def append(
        self,
        stream: str,
        event: AnyEvent,
        *,
        actor: int | None,
        subject: int,
        other: int | None = None,
        ref: UUID | None = None,
    ) -> Done:
        """Add `event`, whose `seq` came from `next(stream)`. Returns what its author is told."""
        head = self._head(stream)
        kind = str(event.__struct_config__.tag)
        head.rows.append(
            Event(
                stream=head.stream,
                seq=event.seq,
                kind=kind,
                actor_id=actor,
                ref=ref,
                at=event.at,
                subject=subject,
                other=other,
            )
        )
        head.events.append(event)
        self.count += 1
        done = Done(event.seq, subject)
        if ref is not None:
            self._known[(actor, ref)] = done
        return done

    def tally(self, stream: str, tally: TallyNow) -> None:
        """A count to announce after commit; it has no number and the last one wins."""
        self._head(stream).tallies[tally.message] = tally
        self.count += 1

    def remember(self, refs: Iterable[tuple[int | None, UUID]]) -> None:
        """Look up in one query which of these commands were carried out before."""
        wanted = dict.fromkeys(refs)
        # Both columns, so that the index on them is used however long the log is.
        found = Event.objects.filter(
            actor_id__in={actor for actor, _ in wanted}, ref__in={ref for _, ref in wanted}
        ).only("actor_id", "ref", "seq", "subject")
        self._known |= wanted
        self._known |= {
            (row.actor_id, row.ref): Done(row.seq, row.subject) for row in found if row.ref
        }

    def done(self, stream: str, actor: int | None, ref: UUID) -> Done | None:
        """What this command was answered before, if it is a retry.

        Holds the stream first: of the same command sent twice at once, one waits for the other.
        """
        self.lock(stream)
        if (actor, ref) not in self._known:
            self.remember([(actor, ref)])
        return self._known[(actor, ref)]

    def _head(self, name: str) -> _Head:
        if name not in self._heads:
            stream, _ = Stream.objects.select_for_update().get_or_create(name=name)
            self._heads[name] = _Head(stream)
        return self._heads[name]

    def flush(self) -> None:
        """Write the rows and the heads; ring once each stream is committed."""
        for save in self._at_end.values():
            save()
        for name, head in self._heads.items():
            if head.rows:
                Event.objects.bulk_create(head.rows)
                Stream.objects.filter(pk=head.stream.pk).update(last_seq=head.stream.last_seq)
            if head.rows or head.tallies:
                rung = doorbell.Rung(
                    name,
                    head.stream.last_seq,
                    tuple(head.events),
                    tuple(head.tallies.values()),
                )
                transaction.on_commit(partial(doorbell.ring, rung))


_writing: ContextVar[Writing | None] = ContextVar("writing", default=None)


@contextmanager
def writing() -> Iterator[Writing]:
    """The transaction a service writes in: a new one, or the batch it is already part of."""
    current = _writing.get()
    if current is not None:
        yield current
        return
    with transaction.atomic():
        started = Writing()
        token = _writing.set(started)
        try:
            yield started
            started.flush()
        finally:
            _writing.reset(token)


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
