"""What is being talked about now, for pages that show more than one room."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber

from rooms.models import Message, Room, Thread, ThreadState

NEVER = datetime.min.replace(tzinfo=UTC)  # a draft comes last


@dataclass(frozen=True)
class Talk:
    """A conversation and when someone last wrote in it."""

    thread: Thread
    at: datetime


@dataclass(frozen=True)
class RoomTalk:
    """A room with the conversations that were talked in last, newest first."""

    room: Room
    talks: list[Talk] = field(default_factory=list)

    @property
    def at(self) -> datetime | None:
        return self.talks[0].at if self.talks else self.room.opened_at


def lately(rooms: Iterable[Room], *, each: int = 3) -> list[RoomTalk]:
    """These rooms, liveliest first, each with at most `each` open conversations. One query."""
    found = {room.pk: RoomTalk(room) for room in rooms}
    newest = Message.objects.filter(room=OuterRef("room"), seq=OuterRef("last_seq"))
    place = Window(RowNumber(), partition_by=F("room"), order_by=F("last_seq").desc())
    threads = (
        Thread.objects.filter(room__in=found, state=ThreadState.OPEN)
        .annotate(place=place, written_at=Subquery(newest.values("at")[:1]))
        .filter(place__lte=each)
        .order_by("-last_seq")
    )
    for thread in threads:
        at = thread.written_at or thread.opened_at
        found[thread.room_id].talks.append(Talk(thread, at))
    return sorted(found.values(), key=lambda talk: talk.at or NEVER, reverse=True)
