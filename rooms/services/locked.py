"""Rows read under the room's lock: one copy a transaction, so that a batch sees itself."""

from deliberation.eventlog.log import Writing
from rooms import access
from rooms.models import Room, Thread


def thread(log: Writing, room: Room, id: int) -> Thread:
    """A thread of this room, whatever its state. Hold the room's lock. Raises Refused."""
    log.lock(room.public_stream)
    return log.once(("thread", id), lambda: access.thread_for(room, id))


def open_thread(log: Writing, room: Room, id: int) -> Thread:
    """A thread of this room that takes messages. Raises Refused."""
    return access.as_open(thread(log, room, id))


def counted(log: Writing, thread: Thread) -> None:
    """Have the thread's counts saved once, before commit."""
    log.at_end(thread, lambda: thread.save(update_fields=["message_count", "last_seq"]))
