"""Rows read under the room's lock: one copy a transaction, so that a batch sees itself."""

from collections.abc import Callable
from typing import TypeVar

from deliberation.eventlog.log import Writing, writing
from rooms import access
from rooms.models import Room, Thread

_T = TypeVar("_T")


def as_it_stands(room: Room, run: Callable[[], _T]) -> _T:
    """Carry out `run` while nobody else can change the room, which is read again for it.

    For forms: what they checked when they were sent may have changed a moment ago.
    """
    with writing() as log:
        log.lock(room.public_stream)
        room.refresh_from_db()
        return run()


def thread(log: Writing, room: Room, id: int) -> Thread:
    """A thread of this room, whatever its state. Hold the room's lock. Raises Refused."""
    log.lock(room.public_stream)
    return log.once(("thread", id), lambda: access.thread_for(room, id))


def open_thread(log: Writing, room: Room, id: int) -> Thread:
    """A thread of this room that takes messages. Raises Refused."""
    return access.as_open(thread(log, room, id))


def counted(log: Writing, thread: Thread) -> None:
    """Have the thread's counts saved once, before commit."""
    log.at_end(thread, "message_count", "last_seq")
