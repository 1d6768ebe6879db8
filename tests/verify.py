"""The judge: what a room tells must be exactly what changed in it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.apps import apps
from django.db import transaction

from deliberation.eventlog import doorbell, reading
from deliberation.eventlog.doorbell import Rung
from deliberation.protocol import codec
from deliberation.protocol.events import AnyEvent
from deliberation.protocol.fold import apply
from deliberation.protocol.replies import PollNow, TallyNow
from deliberation.protocol.shapes import Snapshot
from rooms.models import Room
from rooms.selectors import events_after, polls_now, snapshot, tallies_since

from .fakes import EVENING

ALL = 100_000  # messages: more than any test writes
_OURS = ("people", "eventlog", "rooms", "agenda")
_EVER = EVENING.replace(year=1970)


def fresh(room: Room) -> Room:
    """The room as the database has it now."""
    return Room.objects.select_related("neighbourhood", "charter").get(pk=room.pk)


def fold(start: Snapshot, steps: Iterable[AnyEvent | TallyNow | PollNow]) -> Snapshot:
    return reduce(apply, steps, start)


@contextmanager
def listening() -> Iterator[list[Rung]]:
    """What the doorbell rings during the block.

    A test runs in a transaction that is never committed, so its end counts as the commit.
    """
    heard: list[Rung] = []
    connection = transaction.get_connection()
    before = len(connection.run_on_commit)
    doorbell.listen(heard.append)
    try:
        yield heard
        while len(connection.run_on_commit) > before:
            _, ring, _ = connection.run_on_commit.pop(before)
            ring()
    finally:
        doorbell.forget(heard.append)


@dataclass
class Heard:
    """What one room was told."""

    public: list[AnyEvent] = field(default_factory=list)
    staff: list[AnyEvent] = field(default_factory=list)
    tallies: list[TallyNow] = field(default_factory=list)
    polls: list[PollNow] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        return [str(event.__struct_config__.tag) for event in [*self.public, *self.staff]]


@contextmanager
def verify_change(*rooms: Room, changes: bool = True) -> Iterator[dict[int, Heard]]:
    """Old snapshot + what the doorbell rang == fresh snapshot, for each of `rooms`.

    The same for a late reader of the log; numbers without gaps; and the block changed something
    (or, with `changes=False`, not a single row). Gives what each room heard, by room id.
    """
    before = {room.pk: _state(room) for room in rooms}
    rows = None if changes else everything()
    told: dict[int, Heard] = {}
    with listening() as heard:
        yield told
    for room in rooms:
        found = told[room.pk] = _heard(room, heard)
        _judge(room, before[room.pk], found)
        heard_any = found.public or found.staff or found.tallies or found.polls
        assert bool(heard_any) == changes, found.kinds
    assert changes or everything() == rows


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of ours."""
    models = [model for label in _OURS for model in apps.get_app_config(label).get_models()]
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models
    }


@dataclass(frozen=True)
class _State:
    public: Snapshot
    staff_head: int


def _state(room: Room) -> _State:
    return _State(snapshot(fresh(room), size=ALL), reading.head(room.staff_stream).seq)


def _heard(room: Room, rungs: Sequence[Rung]) -> Heard:
    mine = [rung for rung in rungs if rung.stream == room.public_stream]
    staff = [rung for rung in rungs if rung.stream == room.staff_stream]
    return Heard(
        public=[event for rung in mine for event in rung.events],
        staff=[event for rung in staff for event in rung.events],
        tallies=[tally for rung in mine for tally in rung.tallies],
        polls=polls_now(room.slug, {poll for rung in mine for poll in rung.polls}),
    )


def _judge(room: Room, before: _State, heard: Heard) -> None:
    after = _state(room)
    _numbered(heard.public, before.public.head, after.public.head)
    _numbered(heard.staff, before.staff_head, after.staff_head)
    _on_the_wire([*heard.public, *heard.staff, *heard.tallies, *heard.polls])
    told = [*heard.public, *heard.tallies, *heard.polls]
    assert fold(before.public, told) == after.public
    for start in range(len(told)):
        assert fold(after.public, told[start:]) == after.public, "telling it twice changes it"
    _late(fresh(room), before, after, heard)


def _late(room: Room, before: _State, after: _State, heard: Heard) -> None:
    missed = events_after(room, before.public.head, stream="public", limit=ALL)
    counts = [*tallies_since(room, _EVER, limit=ALL), *polls_now(room.slug)]
    assert fold(before.public, [*missed, *counts]) == after.public, "a late reader differs"
    assert fold(after.public, [*missed, *counts]) == after.public
    assert [event.seq for event in missed] == [event.seq for event in heard.public]
    staff = events_after(room, before.staff_head, stream="staff", limit=ALL)
    assert staff == heard.staff
    _on_the_wire(missed)


def _numbered(events: Sequence[AnyEvent], before: int, after: int) -> None:
    assert [event.seq for event in events] == list(range(before + 1, after + 1))


def _on_the_wire(frames: Iterable[AnyEvent | TallyNow | PollNow]) -> None:
    for frame in frames:
        assert codec.decode_server(codec.encode(frame)) == frame
