"""One room read on: what the engine sees laid beside what is stored, and written down."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from deliberation.agenda.cursors import Reader, cursor_held
from deliberation.agenda.services.announcing import agenda_writing
from deliberation.eventlog.models import Event
from rooms.models import Room

from .groups import Group
from .matching import needs_of
from .memory import Grown, Memory, Remembered, nothing
from .plan import Plan, planned
from .said import CHANGES
from .stored import stored_for
from .storing import store
from .told import tell


@dataclass(frozen=True)
class _View:
    """The room as the engine sees it, up to the head it was read to."""

    reader: Reader
    seen: Remembered
    groups: list[Group]
    elsewhere: list[tuple[int, Group]]

    @property
    def room(self) -> Room:
        return self.reader.room

    def plan(self) -> Plan:
        stored = stored_for(self.room)
        messages = (one for group in self.groups for one in (*group.parts, *group.support))
        self.seen.needs = needs_of(self.groups, stored.needs)
        return planned(
            self.room.pk,
            self.groups,
            stored,
            authors=self.seen.authors(messages),
            fewest=self.seen.state.parameters.fewest,
            elsewhere=self.elsewhere,
        )


def read(reader: Reader, memory: Memory, *, at: datetime, grown: Grown = nothing) -> None:
    """Read on to the head that `reader` has. What comes after it is for the next time.

    The engine works outside any transaction. Whoever was first, another follower or someone who
    hides a message meanwhile, the next round makes it right.
    """
    tell(reader, reader.cursor.told, at=at)
    seen = memory.read_on(reader.room, reader.head, grown=grown)
    others = Room.objects.filter(neighbourhood=reader.room.neighbourhood_id)
    elsewhere = memory.elsewhere(others.exclude(pk=reader.room.pk).values_list("pk", flat=True))
    view = _View(reader, seen, seen.groups(), list(elsewhere))
    if view.plan().is_empty:
        with transaction.atomic():
            _move(view)
    else:
        _write(view, at=at)


def _write(view: _View, *, at: datetime) -> None:
    """Hold the rooms, look again at what is stored, and write what differs."""
    with agenda_writing(view.room.neighbourhood_id) as log:
        now = log.log.lock(view.room.public_stream)
        if not _changed_since(view, now) and _move(view):
            store(view.plan(), view.room, at=at)


def _move(view: _View) -> bool:
    """Move the cursor on; False where another follower was here or further."""
    cursor, head = cursor_held(view.room.pk), view.reader.head
    if (cursor.epoch, cursor.seq) == (head.epoch, head.seq):
        return False
    if cursor.epoch == head.epoch and cursor.seq > head.seq:
        return False
    cursor.epoch, cursor.seq, cursor.told = head.epoch, head.seq, max(cursor.told, head.seq)
    cursor.save(update_fields=["epoch", "seq", "told"])
    return True


def _changed_since(view: _View, now: int) -> bool:
    """Whether a message went or changed while the engine worked: it may quote it."""
    after = Event.objects.filter(stream__name=view.room.public_stream, seq__gt=view.seen.seq)
    return after.filter(seq__lte=now, kind__in=CHANGES).exists()
