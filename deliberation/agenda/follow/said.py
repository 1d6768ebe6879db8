"""What stands in a room, as the engine reads it: words with a number for who wrote them."""

from collections.abc import Iterator
from datetime import datetime

from deliberation.engine import Contribution
from deliberation.eventlog.models import Event
from rooms.models import Message, MessageState, Room, Thread

# What may take a message away, bring it back, or change what it says or where it stands.
CHANGES = (
    "message.edited",
    "message.retracted",
    "message.hidden",
    "message.restored",
    "message.erased",
    "message.moved",
    "thread.merged",
    "thread.moved",
)
NOBODY = "0"  # wrote what no longer has an author
_FIELDS = ("pk", "author", "at", "body", "thread", "reply_to")
_AT_ONCE = 500  # ids in one query
_PAGE = 2000  # messages in one query


def said_in(room: Room) -> Iterator[Contribution]:
    """Everything that is shown, in the order of the room. Nothing is held between two of them:
    who reads may take long."""
    shown = Message.objects.filter(room=room, state=MessageState.SHOWN).order_by("seq")
    after = 0
    while rows := list(shown.filter(seq__gt=after).values_list("seq", *_FIELDS)[:_PAGE]):
        yield from (_contribution(*row) for _, *row in rows)
        after = rows[-1][0]


def said_by(room: Room, messages: set[int]) -> list[Contribution]:
    """Those of these messages that are shown in this room, in its order."""
    found: list[tuple[int, Contribution]] = []
    for ids in _batches(sorted(messages)):
        rows = Message.objects.filter(pk__in=ids, room=room, state=MessageState.SHOWN)
        for seq, *row in rows.values_list("seq", *_FIELDS):
            found.append((seq, _contribution(*row)))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def events_between(stream: str, after: int, until: int) -> list[tuple[str, int]]:
    """Kind and subject of what was logged after number `after`, up to `until`."""
    rows = Event.objects.filter(stream__name=stream, seq__gt=after, seq__lte=until)
    return list(rows.order_by("seq").values_list("kind", "subject"))


def messages_of(events: list[tuple[str, int]]) -> set[int]:
    """The messages that events are about, those of threads that were merged or moved included."""
    messages = {subject for kind, subject in events if kind.startswith("message.")}
    threads = {subject for kind, subject in events if kind in ("thread.merged", "thread.moved")}
    if threads:
        messages.update(_carried(threads))
    return messages


def _carried(threads: set[int]) -> set[int]:
    """What is in the conversations in which these go on; they may have gone on again since."""
    goals = set(threads)
    while more := _onward(goals) - goals:
        goals |= more
    return set(Message.objects.filter(thread__in=goals).values_list("pk", flat=True))


def _onward(threads: set[int]) -> set[int]:
    rows = Thread.objects.filter(pk__in=threads).values_list("continued_in", flat=True)
    return {goal for goal in rows if goal is not None}


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _contribution(
    pk: int, author: int | None, at: datetime, body: str, thread: int, reply_to: int | None
) -> Contribution:
    return Contribution(
        id=str(pk),
        author=str(author or NOBODY),
        at=at.timestamp(),
        text=body,
        thread=str(thread),
        reply_to=str(reply_to) if reply_to else None,
    )
