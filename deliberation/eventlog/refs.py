"""Which commands were carried out before: the same `ref` of the same person is the same command."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from .models import Event

Ref = tuple[int | None, UUID]


@dataclass
class Done:
    """A command is durable as number `seq`; `id` is the message or thread it made or touched.

    The id of a row that waits to be written (`Writing.insert`) is 0 until it is.
    """

    seq: int
    id: int


class Refs:
    """What is known in one transaction. Hold the stream's lock before asking."""

    def __init__(self) -> None:
        self._known: dict[Ref, Done | None] = {}

    def add(self, actor: int | None, ref: UUID | None, done: Done) -> None:
        if ref is not None:
            self._known[(actor, ref)] = done

    def done(self, actor: int | None, ref: UUID) -> Done | None:
        """What this command was answered before, if it is a retry."""
        if (actor, ref) not in self._known:
            self.look_up([(actor, ref)])
        return self._known[(actor, ref)]

    def presume_new(self, refs: Iterable[Ref]) -> None:
        """Take it that none of these was carried out before, without looking.

        If one was, the log's constraint says so at the end: an IntegrityError.
        """
        self._known |= dict.fromkeys(refs)

    def look_up(self, refs: Iterable[Ref]) -> None:
        """Look in one query which of these were carried out before."""
        wanted = dict.fromkeys(refs)
        # Both columns, so that the index on them is used however long the log is.
        found = Event.objects.filter(
            actor_id__in={actor for actor, _ in wanted}, ref__in={ref for _, ref in wanted}
        ).only("actor_id", "ref", "seq", "subject")
        self._known |= wanted
        self._known |= {
            (row.actor_id, row.ref): Done(row.seq, row.subject) for row in found if row.ref
        }
