"""Up to where rooms were read for needs, and which have more: three small queries for all."""

from collections.abc import Iterator
from dataclasses import dataclass

from deliberation.agenda.models import AgendaCursor
from deliberation.eventlog.models import Stream
from deliberation.eventlog.reading import Head
from rooms.models import Room


@dataclass(frozen=True)
class Reader:
    """A room, where its log stands, and up to where it was read (`cursor`: see AgendaCursor)."""

    room: Room
    head: Head
    cursor: AgendaCursor

    @property
    def is_other_history(self) -> bool:
        """Whether a backup was put back since; the numbers are those of another log."""
        return self.cursor.epoch != self.head.epoch

    @property
    def is_behind(self) -> bool:
        return self.is_other_history or self.cursor.seq < self.head.seq


def readers() -> Iterator[Reader]:
    """The open rooms that anything was ever written in."""
    rooms = list(Room.objects.opened().order_by("pk"))
    names = [room.public_stream for room in rooms]
    fields = ("name", "last_seq", "epoch")
    streams = {
        name: Head(seq, epoch)
        for name, seq, epoch in Stream.objects.filter(name__in=names).values_list(*fields)
    }
    cursors = AgendaCursor.objects.in_bulk([room.pk for room in rooms])
    for room in rooms:
        if head := streams.get(room.public_stream):
            yield Reader(room, head, cursors.get(room.pk) or AgendaCursor(room=room))


def cursor_held(room: int) -> AgendaCursor:
    """The cursor of a room (id); no other follower moves it before this transaction ends."""
    cursor, _ = AgendaCursor.objects.select_for_update().get_or_create(room_id=room)
    return cursor
