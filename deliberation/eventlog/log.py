"""Writing to the log: numbers under the stream's lock, rows in one go, a ring after commit."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.db import models, transaction

from deliberation.protocol.events import AnyEvent
from deliberation.protocol.replies import TallyNow

from . import doorbell, statements
from .models import Event, Stream
from .refs import Done, Refs

_Row = TypeVar("_Row")


@dataclass(frozen=True)
class _Waiting:
    row: models.Model
    tell: Callable[[], AnyEvent]
    stream: str
    actor: int | None
    ref: UUID | None
    done: Done


@dataclass
class _Head:
    stream: Stream
    rows: list[Event] = field(default_factory=list)
    events: list[AnyEvent] = field(default_factory=list)
    tallies: dict[int, TallyNow] = field(default_factory=dict)
    polls: set[int] = field(default_factory=set)


class Writing:
    """One transaction's writing. Get it from `writing()`."""

    def __init__(self, *, defer: bool) -> None:
        self._defer = defer
        self._heads: dict[str, _Head] = {}
        self.refs = Refs()
        self._waiting: list[_Waiting] = []
        self.rows: dict[Hashable, Any] = {}
        self._changed: dict[models.Model, statements.Changed] = {}
        self.count = 0

    def once(self, key: Hashable, load: Callable[[], _Row]) -> _Row:
        """Load a row a single time for all commands of this transaction.

        Only for rows that no one else changes while a lock held by this transaction is held.
        """
        if key not in self.rows:
            self.rows[key] = load()
        row: _Row = self.rows[key]
        return row

    def at_end(self, row: models.Model, *fields: str) -> None:
        """Save these fields of a row a single time, just before commit."""
        self._changed[row] = (row, fields)  # as it was read last

    def lock(self, stream: str) -> int:
        """Hold the stream until commit and return its last number."""
        return self._head(stream).stream.last_seq

    def mark(self, stream: str) -> tuple[str, int]:
        """Where a held stream stands: equal marks mean that nothing was written in between."""
        held = self._head(stream).stream
        return held.epoch, held.last_seq

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
        self.settle()
        done = Done(event.seq, subject)
        self._append(stream, event, actor=actor, subject=subject, other=other, ref=ref)
        self.count += 1
        self.refs.add(actor, ref, done)
        return done

    def insert(
        self,
        stream: str,
        row: models.Model,
        seq: int,
        tell: Callable[[], AnyEvent],
        *,
        actor: int | None,
        ref: UUID | None,
    ) -> Done:
        """Write a new row and then the event that tells of it, called once the row has its id.

        In a transaction that defers, they wait for others of their kind, until `settle`.
        `seq` came from `next(stream)`.
        """
        if self._waiting and type(self._waiting[0].row) is not type(row):
            self.settle()
        done = Done(seq, 0)
        self._waiting.append(_Waiting(row, tell, stream, actor, ref, done))
        self.count += 1
        self.refs.add(actor, ref, done)
        if not self._defer:
            self.settle()
        return done

    def settle(self) -> None:
        """Write the rows that wait, so that what follows can read them."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        statements.inserted([one.row for one in waiting])
        for one in waiting:
            one.done.id = one.row.pk
            self._append(
                one.stream, one.tell(), actor=one.actor, subject=one.row.pk, other=None, ref=one.ref
            )

    def _append(
        self,
        stream: str,
        event: AnyEvent,
        *,
        actor: int | None,
        subject: int,
        other: int | None,
        ref: UUID | None,
    ) -> None:
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

    def tally(self, stream: str, tally: TallyNow) -> None:
        """A count to announce after commit; it has no number and the last one wins."""
        self._head(stream).tallies[tally.message] = tally
        self.count += 1

    def voted(self, stream: str, poll: int) -> None:
        """Someone voted in this poll: after commit its count is read and told."""
        self._head(stream).polls.add(poll)
        self.count += 1

    def done(self, stream: str, actor: int | None, ref: UUID) -> Done | None:
        """What this command was answered before, if it is a retry.

        Holds the stream first: of the same command sent twice at once, one waits for the other.
        """
        self.lock(stream)
        return self.refs.done(actor, ref)

    def _head(self, name: str) -> _Head:
        if name not in self._heads:
            self._heads[name] = _Head(statements.held(name))
        return self._heads[name]

    def flush(self) -> None:
        """Write the rows and the heads; ring once each stream is committed."""
        self.settle()
        changed, self._changed = list(self._changed.values()), {}
        for name, head in self._heads.items():
            if head.rows:
                statements.appended(head.stream, head.rows, changed)
                changed = []
            if head.rows or head.tallies or head.polls:
                rung = doorbell.Rung(
                    name,
                    head.stream.last_seq,
                    tuple(head.events),
                    tuple(head.tallies.values()),
                    frozenset(head.polls),
                )
                transaction.on_commit(partial(doorbell.ring, rung))
        statements.saved(changed)


_writing: ContextVar[Writing | None] = ContextVar("writing", default=None)


@contextmanager
def writing(*, defer: bool = False) -> Iterator[Writing]:
    """The transaction a service writes in: a new one, or the batch it is already part of.

    With `defer`, what is inserted may wait for more of its kind. A service that is part of a
    batch asks for it only where it reads nothing that the batch inserted.
    """
    current = _writing.get()
    if current is not None:
        if not defer:
            current.settle()
        yield current
        return
    with transaction.atomic():
        started = Writing(defer=defer)
        token = _writing.set(started)
        try:
            yield started
            started.flush()
        finally:
            _writing.reset(token)
