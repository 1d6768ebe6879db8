"""A message goes to the conversation where it belongs, with the answers to it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import TITLE_LIMIT, line
from deliberation.people.actors import Actor
from deliberation.protocol import events
from rooms import access
from rooms.models import Message, Notice, NoticeKind, Room, Thread
from rooms.notices.following import notices_store
from rooms.rights import Action

from . import locked
from .threads import place_thread

MOVE_LIMIT = 200  # messages; each becomes an event


def message_move(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    message: int,
    at: datetime,
    into: int | None = None,
    title: str = "",
) -> Done:
    """Move a message, and what answers it, to the open conversation `into`, or to a new one with
    this `title`. `id` is the message's. Each writer is told where their words stand now."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        access.require(actor, room, to=Action.MESSAGE_MOVE, at=at)
        first = access.message_for(room, message)
        thread = locked.open_thread(log, room, first.thread_id)
        heading = "" if into else line(title, limit=TITLE_LIMIT)
        moving = _with_answers(first)
        _require_movable(thread, into, moving)
        goal = locked.open_thread(log, room, into) if into else None
        goal = goal or _new(log, thread, heading, actor=actor, at=at)
        for one in moving[1:]:
            _move(log, room, one, thread, goal, actor=actor, ref=None, at=at)
        _tell(moving, actor=actor, at=at)
        return _move(log, room, first, thread, goal, actor=actor, ref=ref, at=at)


def _with_answers(first: Message) -> list[Message]:
    """The message, and after it all that answers it or an answer, of the same conversation."""
    found, latest = [first], {first.pk}
    while latest:
        answers = Message.objects.filter(reply_to__in=latest, thread=first.thread_id)
        fresh = list(answers.select_related("author").order_by("seq"))
        found += fresh
        latest = {one.pk for one in fresh}
    return [first, *sorted(found[1:], key=lambda one: one.seq)]


def _require_movable(thread: Thread, into: int | None, moving: Sequence[Message]) -> None:
    if into == thread.pk:
        raise Refused("same_thread", gettext_noop("This message already is in that conversation."))
    if len(moving) > MOVE_LIMIT:
        raise Refused(
            "too_many",
            gettext_noop("This message has more than %(limit)s answers. It can't be moved."),
            values={"limit": MOVE_LIMIT},
        )


def _new(log: Writing, thread: Thread, title: str, *, actor: Actor, at: datetime) -> Thread:
    made = Thread(
        room=thread.room, title=title, kind=thread.kind, opened_by_id=actor.id, opened_at=at
    )
    place_thread(log, made, actor=actor, ref=None, at=at)
    return made


def _move(
    log: Writing,
    room: Room,
    message: Message,
    thread: Thread,
    goal: Thread,
    *,
    actor: Actor,
    ref: UUID | None,
    at: datetime,
) -> Done:
    message.thread = goal
    message.save(update_fields=["thread"])
    if thread.pinned_id == message.pk:
        thread.pinned = None
        thread.save(update_fields=["pinned"])
    thread.message_count -= 1
    goal.message_count += 1
    goal.last_seq = max(goal.last_seq, message.seq)
    locked.counted(log, thread)
    locked.counted(log, goal)
    event = events.MessageMoved(
        seq=log.next(room.public_stream),
        at=at,
        message=message.view(),
        thread=thread.view(),
        into=goal.view(),
    )
    return log.append(
        room.public_stream,
        event,
        actor=actor.id,
        subject=message.pk,
        other=thread.pk,
        ref=ref,
    )


def _tell(moved: Iterable[Message], *, actor: Actor, at: datetime) -> None:
    """Once for each message, however often it moves."""
    notices_store(
        Notice(person=one.author, message=one, kind=NoticeKind.MOVED, at=at)
        for one in moved
        if one.author is not None and one.author_id != actor.id and one.is_shown
    )
