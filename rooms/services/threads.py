"""Opening a thread, and keeping threads in order."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import REASON_LIMIT, TITLE_LIMIT, line, message_text
from deliberation.people.actors import Actor
from deliberation.people.models import Person
from deliberation.protocol import events
from rooms import access
from rooms.attached import attached
from rooms.models import Message, Origin, Room, Thread, ThreadKind, ThreadState
from rooms.rights import Action

from . import locked
from .messages import place_message, require_pace

MOVE_LIMIT = 2000  # messages; each becomes an event in the room it moves to


def thread_open(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    title: str,
    kind: str,
    body: str,
    at: datetime,
    origin: Origin = Origin.WEB,
) -> Done:
    """Start a conversation with its first message. `id` is the thread's."""
    heading, words = line(title, limit=TITLE_LIMIT), message_text(body)
    held = attached.held(actor, room, f"{heading}\n{words}", "", at)
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        access.require(actor, room, to=Action.THREAD_OPEN, at=at)
        require_pace(log, actor, room, at=at)
        thread = Thread(
            room=room,
            title=heading,
            kind=ThreadKind(kind),
            opened_by=Person.objects.get(pk=actor.person),
            opened_at=at,
        )
        done = place_thread(log, thread, actor=actor, ref=ref, at=at)
        first = Message(author_id=actor.id, ref=ref, body=words, origin=origin, at=at)
        place_message(log, room, thread, first, actor=actor, ref=None, held=held)
        return done


def place_thread(
    log: Writing, thread: Thread, *, actor: Actor, ref: UUID | None, at: datetime
) -> Done:
    """Give a new thread its number and announce it. For services that checked rights."""
    stream = thread.room.public_stream
    thread.last_seq = log.next(stream)
    thread.save()
    log.once(("thread", thread.pk), lambda: thread)
    event = events.ThreadOpened(seq=thread.last_seq, at=at, thread=thread.view())
    return log.append(stream, event, actor=actor.id, subject=thread.pk, ref=ref)


def thread_rename(
    *, actor: Actor, room: Room, ref: UUID, thread: int, title: str, at: datetime
) -> Done:
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = _managed(log, actor, room, thread, to=Action.THREAD_RENAME, at=at)
        found.title = line(title, limit=TITLE_LIMIT)
        found.save(update_fields=["title"])
        return announce(log, room, events.ThreadRenamed, found, actor=actor, ref=ref, at=at)


def thread_pin(
    *, actor: Actor, room: Room, ref: UUID, thread: int, message: int | None, at: datetime
) -> Done:
    """Have one message of the thread stand above it, instead of what stood there; None: nothing."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = _managed(log, actor, room, thread, to=Action.THREAD_PIN, at=at)
        found.pinned = _pinnable(room, found, message) if message is not None else None
        found.save(update_fields=["pinned"])
        return announce(log, room, events.ThreadPinned, found, actor=actor, ref=ref, at=at)


def _pinnable(room: Room, thread: Thread, message: int) -> Message:
    found = access.message_for(room, message)
    if found.thread_id != thread.pk or not found.is_shown:
        raise Refused(
            "not_pinnable",
            gettext_noop("Choose a message that is shown in this conversation."),
        )
    return found


def thread_close(
    *, actor: Actor, room: Room, ref: UUID, thread: int, reason: str, at: datetime
) -> Done:
    """No more messages in this thread; it stays readable. A reason is required."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = _managed(log, actor, room, thread, to=Action.THREAD_CLOSE, at=at)
        _end(found, ThreadState.CLOSED, line(reason, limit=REASON_LIMIT))
        return announce(log, room, events.ThreadClosed, found, actor=actor, ref=ref, at=at)


def thread_reopen(*, actor: Actor, room: Room, ref: UUID, thread: int, at: datetime) -> Done:
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        access.require(actor, room, to=Action.THREAD_REOPEN, at=at)
        found = locked.thread(log, room, thread)
        if found.state != ThreadState.CLOSED:
            raise Refused(
                "not_closed",
                gettext_noop("Only a closed conversation can be reopened."),
            )
        found.state, found.reason = ThreadState.OPEN, ""
        found.save(update_fields=["state", "reason"])
        return announce(log, room, events.ThreadReopened, found, actor=actor, ref=ref, at=at)


def thread_merge(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    thread: int,
    into: int,
    reason: str,
    at: datetime,
) -> Done:
    """Put all messages of `thread` in `into`, in the order in which they were written."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = _managed(log, actor, room, thread, to=Action.THREAD_MERGE, at=at)
        goal = locked.open_thread(log, room, into)
        if goal.pk == found.pk:
            raise Refused(
                "same_thread",
                gettext_noop("Choose another conversation to merge with."),
            )
        why = line(reason, limit=REASON_LIMIT)
        goal.message_count += found.message_count
        goal.last_seq = max(goal.last_seq, found.last_seq)
        locked.counted(log, goal)
        _leave(found, ThreadState.MERGED, why, goal)
        found.messages.update(thread=goal)
        event = events.ThreadMerged(
            seq=log.next(room.public_stream),
            at=at,
            thread=found.view(),
            into=goal.view(),
        )
        return log.append(
            room.public_stream,
            event,
            actor=actor.id,
            subject=found.pk,
            other=goal.pk,
            ref=ref,
        )


def thread_move(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    thread: int,
    to_room: str,
    reason: str,
    at: datetime,
) -> Done:
    """Move a thread to another room. A signpost stays; the messages get numbers over there."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        access.require(actor, room, to=Action.THREAD_MOVE, at=at)
        goal_room = access.room_for(actor, to_room, to=Action.THREAD_MOVE, at=at)
        log.lock(goal_room.public_stream)
        found = _managed(log, actor, room, thread, to=Action.THREAD_MOVE, at=at)
        _require_movable(found, room, goal_room)
        why = line(reason, limit=REASON_LIMIT)
        goal = _copy_to(log, goal_room, found, actor=actor, at=at)
        for message in list(found.messages.select_related("author").order_by("seq")):
            place_message(log, goal_room, goal, message, actor=actor, ref=None)
        _leave(found, ThreadState.MOVED, why, goal)
        return announce(log, room, events.ThreadMoved, found, actor=actor, ref=ref, at=at)


def _copy_to(log: Writing, room: Room, thread: Thread, *, actor: Actor, at: datetime) -> Thread:
    copy = Thread(
        room=room,
        title=thread.title,
        kind=thread.kind,
        opened_by=thread.opened_by,
        opened_at=thread.opened_at,
    )
    place_thread(log, copy, actor=actor, ref=None, at=at)
    return copy


def _require_movable(thread: Thread, room: Room, goal: Room) -> None:
    if goal.pk == room.pk:
        raise Refused("same_room", gettext_noop("This conversation is already in that room."))
    if goal.opened_at is None:
        raise Refused(
            "not_open",
            gettext_noop("Open that room first. Then you can move a conversation to it."),
        )
    if thread.message_count > MOVE_LIMIT:
        raise Refused(
            "too_many",
            gettext_noop("A conversation with more than %(limit)s messages can't be moved."),
            values={"limit": MOVE_LIMIT},
        )


def _managed(
    log: Writing, actor: Actor, room: Room, thread: int, *, to: Action, at: datetime
) -> Thread:
    access.require(actor, room, to=to, at=at)
    return locked.open_thread(log, room, thread)


def _end(thread: Thread, state: ThreadState, reason: str) -> None:
    thread.state, thread.reason = state, reason
    thread.save()


def _leave(thread: Thread, state: ThreadState, reason: str, goal: Thread) -> None:
    """Its messages go to `goal`, so none of them is pinned here any more."""
    thread.continued_in, thread.message_count, thread.pinned = goal, 0, None
    _end(thread, state, reason)


def announce(
    log: Writing,
    room: Room,
    kind: Callable[..., events.AnyEvent],
    thread: Thread,
    *,
    actor: Actor,
    ref: UUID,
    at: datetime,
) -> Done:
    """Tell the room that a conversation changed."""
    event = kind(seq=log.next(room.public_stream), at=at, thread=thread.view())
    return log.append(room.public_stream, event, actor=actor.id, subject=thread.pk, ref=ref)
