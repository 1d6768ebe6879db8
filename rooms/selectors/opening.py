"""What a room page starts from."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from deliberation.eventlog import reading
from deliberation.kernel.text import MESSAGE_LIMIT, NAME_LIMIT, TITLE_LIMIT
from deliberation.people.actors import Actor
from deliberation.protocol.codec import FRAME_LIMIT
from deliberation.protocol.shapes import Limits, Opening, RulesChange, Snapshot, StanceValue
from rooms import access
from rooms.attached import attached
from rooms.house_rules import rules_changed
from rooms.models import Message, Room, Stance, Thread
from rooms.services.messages import EDIT_MINUTES

from .meetings import running
from .polls import votes_of

WINDOW = 60  # messages: ten screens of a phone, and half the work of a hundred for a slow one
LIMITS = Limits(
    message=MESSAGE_LIMIT,
    title=TITLE_LIMIT,
    name=NAME_LIMIT,
    edit_minutes=EDIT_MINUTES,
    frame_bytes=FRAME_LIMIT,
)


@dataclass(frozen=True)
class Window:
    """Which messages to show: the newest of `thread` (None: of the room), those `before` or
    `after` a number, or those `around` one."""

    thread: int | None = None
    before: int | None = None
    after: int | None = None
    around: int | None = None
    size: int = WINDOW


def opening(actor: Actor, room: Room, window: Window, *, at: datetime) -> Opening:
    """The room as `actor` finds it. The head is read first: what is newer replays harmlessly."""
    head = reading.head(room.public_stream)
    messages, older, newer = _messages(room, window)
    found = _snapshot(room, head, messages)
    return Opening(
        snapshot=found,
        at=at,
        you=access.you(actor, room, at=at),
        stances=_stances(actor, messages),
        votes=votes_of(actor, found.meetings),
        limits=LIMITS,
        thread=window.thread,
        older=older,
        newer=newer,
        rules=_rules(at),
    )


def snapshot(room: Room, *, size: int = WINDOW) -> Snapshot:
    """The newest `size` messages of the whole room, at its head."""
    head = reading.head(room.public_stream)
    return _snapshot(room, head, _messages(room, Window(size=size))[0])


def _rules(at: datetime) -> RulesChange | None:
    new = rules_changed(at)
    return RulesChange(version=new.version, change=new.change) if new else None


def _snapshot(room: Room, head: reading.Head, messages: list[Message]) -> Snapshot:
    threads = Thread.objects.filter(room=room).select_related("opened_by", "continued_in__room")
    return Snapshot(
        room=room.view(),
        epoch=head.epoch,
        head=head.seq,
        threads=[thread.view() for thread in threads.order_by("pk")],
        messages=[message.view() for message in messages],
        needs=list(attached.listed(room.neighbourhood_id)),
        meetings=running(room),
    )


def _messages(room: Room, window: Window) -> tuple[list[Message], bool, bool]:
    """The window, oldest first, and whether there is more before and after it."""
    scope = Message.objects.filter(room=room).select_related("author")
    if window.thread is not None:
        scope = scope.filter(thread_id=window.thread)
    if window.around is not None:
        half = window.size // 2
        earlier, older = _backwards(scope.filter(seq__lt=window.around), half)
        later, newer = _forwards(scope.filter(seq__gte=window.around), window.size - half)
        return earlier + later, older, newer
    if window.after is not None:
        later, newer = _forwards(scope.filter(seq__gt=window.after), window.size)
        return later, True, newer
    if window.before is not None:
        earlier, older = _backwards(scope.filter(seq__lt=window.before), window.size)
        return earlier, older, True
    newest, older = _backwards(scope, window.size)
    return newest, older, False


def _backwards(scope: QuerySet[Message], size: int) -> tuple[list[Message], bool]:
    found = list(scope.order_by("-seq")[: size + 1])
    return found[:size][::-1], len(found) > size


def _forwards(scope: QuerySet[Message], size: int) -> tuple[list[Message], bool]:
    found = list(scope.order_by("seq")[: size + 1])
    return found[:size], len(found) > size


def _stances(actor: Actor, messages: list[Message]) -> dict[str, StanceValue]:
    if actor.id is None:
        return {}
    rows = Stance.objects.filter(person_id=actor.id, message__in=messages)
    return {str(row.message_id): row.value for row in rows}  # type: ignore[misc]
