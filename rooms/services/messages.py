"""Posting, editing and retracting a message."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import ended, message_text
from deliberation.people.actors import Actor
from deliberation.protocol import events
from rooms import access, pace
from rooms.attached import Held, attached
from rooms.models import (
    Message,
    MessageRevision,
    MessageState,
    Mode,
    Origin,
    Room,
    Thread,
)
from rooms.rights import Action

from . import limits, locked

EDIT_MINUTES = 15


def message_post(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    thread: int,
    body: str,
    at: datetime,
    reply_to: int | None = None,
    origin: Origin = Origin.WEB,
) -> Done:
    """Put a message in a thread. A retry with the same `ref` gets the first answer again."""
    words = message_text(body)
    held = attached.held(actor, room, words, "", at)
    with writing(defer=reply_to is None and held is None) as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        access.require(actor, room, to=Action.POST, at=at)
        place = locked.open_thread(log, room, thread)
        answered = access.message_for(room, reply_to) if reply_to else None
        require_pace(log, actor, room, at=at)
        limits.require(log, actor, place, words, reply_to, at=at)
        message = Message(
            author_id=actor.id,
            ref=ref,
            body=words,
            reply_to=answered,
            origin=origin,
            at=at,
        )
        return place_message(log, room, place, message, actor=actor, ref=ref, held=held)


def place_message(
    log: Writing,
    room: Room,
    thread: Thread,
    message: Message,
    *,
    actor: Actor,
    ref: UUID | None,
    held: Held | None = None,
) -> Done:
    """Give a message its number in the room and announce it. For services that checked rights."""
    message.room, message.thread = room, thread
    message.seq = log.next(room.public_stream)
    thread.message_count += 1
    thread.last_seq = message.seq
    locked.counted(log, thread)
    author = actor.author() if message.author_id == actor.id else None
    messages = thread.message_count

    def posted() -> events.AnyEvent:
        view = message.view(author)
        return events.MessagePosted(
            seq=message.seq, at=message.at, message=view, thread_messages=messages
        )

    if message.pk is None and held is None:
        return log.insert(room.public_stream, message, message.seq, posted, actor=actor.id, ref=ref)
    if held is not None:
        conceal(message, held.ground, until=held.until)
    message.save()  # what is told of it needs its id, or it was in another room before
    done = log.append(room.public_stream, posted(), actor=actor.id, subject=message.pk, ref=ref)
    if held is not None:
        held.tell(log, room, message)
    return done


def conceal(message: Message, ground: str, *, until: datetime | None) -> None:
    """Keep its words from others, for good or `until` some time; not saved yet."""
    message.state, message.ground, message.reason = MessageState.HIDDEN, ground, ""
    message.until = until


def message_edit(
    *, actor: Actor, room: Room, ref: UUID, message: int, body: str, at: datetime
) -> Done:
    """Replace one's own words within `EDIT_MINUTES`; the earlier text is kept as history."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        head = log.lock(room.public_stream)
        found = _own(actor, room, message, to=Action.EDIT, at=at)
        words = message_text(body)
        if at - found.at > timedelta(minutes=EDIT_MINUTES):
            raise Refused(
                "too_late",
                gettext_noop(
                    "You can change a message for %(minutes)s minutes. That time is over. "
                    "Post a new message with your correction."
                ),
                values={"minutes": EDIT_MINUTES},
            )
        if words == found.body:
            return Done(head, found.pk)
        limits.require_length(actor, found.thread, words, at=at)
        MessageRevision.objects.create(message=found, body=found.body, at=at)
        held = attached.held(actor, room, words, found.body, at)
        found.body, found.edited_at = words, at
        found.save(update_fields=["body", "edited_at"])
        if held is None:
            return announce(log, room, events.MessageEdited, found, actor=actor, ref=ref, at=at)
        return hold_shown(log, room, found, held, actor=actor, ref=ref, at=at)


def hold_shown(
    log: Writing,
    room: Room,
    message: Message,
    held: Held,
    *,
    actor: Actor,
    ref: UUID | None,
    at: datetime,
) -> Done:
    """Hold back what others could read so far."""
    conceal(message, held.ground, until=held.until)
    message.save(update_fields=["state", "ground", "reason", "until"])
    done = announce(log, room, events.MessageHidden, message, actor=actor, ref=ref, at=at)
    held.tell(log, room, message)
    return done


def message_retract(*, actor: Actor, room: Room, ref: UUID, message: int, at: datetime) -> Done:
    """Take one's own words back. They are removed for good; a tombstone keeps the place."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = _own(actor, room, message, to=Action.RETRACT, at=at, held=True)
        found.revisions.all().delete()
        found.body, found.state, found.reason = "", MessageState.RETRACTED, ""
        found.ground, found.until = "", None
        found.save(update_fields=["body", "state", "reason", "ground", "until"])
        return announce(log, room, events.MessageRetracted, found, actor=actor, ref=ref, at=at)


def announce(
    log: Writing,
    room: Room,
    kind: Callable[..., events.AnyEvent],
    message: Message,
    *,
    actor: Actor,
    ref: UUID | None,
    at: datetime,
) -> Done:
    """Tell the room that a message changed."""
    event = kind(seq=log.next(room.public_stream), at=at, message=message.view())
    return log.append(room.public_stream, event, actor=actor.id, subject=message.pk, ref=ref)


def _own(
    actor: Actor, room: Room, message: int, *, to: Action, at: datetime, held: bool = False
) -> Message:
    """A message of theirs that is shown or, if `held`, that waits. Raises Refused."""
    access.require(actor, room, to=to, at=at)
    found = access.message_for(room, message)
    access.require(actor, room, to=to, at=at, own=found)
    if not (found.stands if held else found.is_shown):
        raise Refused("gone", gettext_noop("This message is no longer shown."))
    return found


def require_pace(log: Writing, actor: Actor, room: Room, *, at: datetime) -> None:
    """Slow mode is exact across processes: it looks at what is stored."""
    if room.mode_at(at) != Mode.SLOW or actor.is_staff:
        return
    log.settle()
    since = at - timedelta(seconds=room.slow_seconds or pace.pause(room, at=at))
    last = room.messages.filter(author_id=actor.id, at__gt=since).order_by("-seq").first()
    if last is not None:
        wait = (last.at - since).total_seconds()
        raise Refused(
            "slow",
            gettext_noop(
                "This room is in slow mode: %(reason)s You can post again in %(seconds)s seconds. "
                "Your text is kept."
            ),
            retry_after=wait,
            values={"reason": ended(room.mode_reason), "seconds": max(1, round(wait))},
        )
