"""What this process remembers of rooms between two rounds. Losing it costs time, nothing else."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from deliberation.engine import Contribution, State, agenda, update
from deliberation.eventlog.reading import Head
from rooms.models import Room

from .groups import Group, groups_in
from .said import events_between, messages_of, said_by, said_in

_AT_ONCE = 25  # messages handed to the engine: some tens of milliseconds
Grown = Callable[[int], object]


def nothing(_count: int) -> None:
    return None


@dataclass
class Remembered:
    """A room as the engine knows it, up to number `seq` of its log. `needs`: what people decide
    about, as the engine last saw it here."""

    epoch: str
    seq: int
    state: State
    needs: list[tuple[int, Group]] = field(default_factory=list)

    def groups(self) -> list[Group]:
        return groups_in(agenda(self.state))

    def authors(self, messages: Iterable[int]) -> Mapping[int, str]:
        found = {}
        for one in messages:
            row = self.state.row_of.get(str(one))
            said = self.state.rows[row].contribution if row is not None else None
            if said is not None:
                found[one] = said.author
        return found


class Memory:
    """Rooms by id."""

    def __init__(self) -> None:
        self._rooms: dict[int, Remembered] = {}

    def read_on(self, room: Room, head: Head, *, grown: Grown = nothing) -> Remembered:
        """Read the room up to its head. `grown` hears how many messages were taken in."""
        # If this fails half-way the engine may know half of it: then it begins anew.
        before = self._rooms.pop(room.pk, None)
        if before is None or before.epoch != head.epoch or before.seq > head.seq:
            state = _taken_in(State(), said_in(room), (), grown)
            found = Remembered(head.epoch, head.seq, state)
        else:
            found = _caught_up(room, before, head, grown)
        self._rooms[room.pk] = found
        return found

    def elsewhere(self, rooms: Iterable[int]) -> Sequence[tuple[int, Group]]:
        """The needs that people decide about in these rooms, as far as they were read."""
        known = (self._rooms.get(room) for room in rooms)
        return [need for found in known if found for need in found.needs]


def _caught_up(room: Room, before: Remembered, head: Head, grown: Grown) -> Remembered:
    changed = messages_of(events_between(room.public_stream, before.seq, head.seq))
    said = said_by(room, changed)
    gone = {str(one) for one in changed} - {one.id for one in said}
    state = _taken_in(before.state, said, sorted(gone), grown)
    return Remembered(head.epoch, head.seq, state, before.needs)


def _taken_in(
    state: State, said: Iterable[Contribution], gone: Sequence[str], grown: Grown
) -> State:
    state = update(state, [], gone)
    waiting = iter(said)
    while some := list(islice(waiting, _AT_ONCE)):
        state = update(state, some)
        grown(len(some))
    return state
