"""Reads the rooms by cursor and points out what a person should look at. Restartable anywhere.

Nothing waits for it. What it finds becomes a case for the managers; few grounds let a message wait.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from deliberation.eventlog import reading
from deliberation.eventlog.log import Writing, writing
from deliberation.people.models import Person
from rooms.models import Message, MessageState, Origin, Room

from .models import WatchCursor
from .screening.screen import holds
from .screening.seen import Hit, Seen
from .services.holding import message_hold
from .services.pointing import point_out
from .watchlists import screen

AT_ONCE = 500  # events of a room in one round
OLD = timedelta(days=1)  # what is older is not pointed out any more
LATELY, AROUND, NEW = timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)
OTHERS = 20
_KINDS = frozenset({"message.posted", "message.edited"})


def watches_follow(*, at: datetime) -> None:
    """One round: everything that was said or changed since the last one. Idempotent."""
    for room in _behind():
        while _follow(room, at) == AT_ONCE:
            continue


def _behind() -> list[Room]:
    """Rooms whose log goes on after their cursor."""
    rooms = list(Room.objects.opened())
    heads = reading.heads(room.public_stream for room in rooms)
    read = dict(WatchCursor.objects.values_list("room_id", "seq"))
    return [room for room in rooms if heads.get(room.public_stream, 0) > read.get(room.pk, 0)]


def _follow(room: Room, at: datetime) -> int:
    """Read on in one room; returns how many events that were."""
    read, found = _read_on(room, at)
    for message, hits in found:
        if grave := [hit for hit in hits if holds(hit)]:
            message_hold(room=room, message=message, hits=grave, at=at)
    return read


def _read_on(room: Room, at: datetime) -> tuple[int, list[tuple[int, list[Hit]]]]:
    """How many events, and by message (id) what was pointed out in it."""
    with writing() as log:
        log.lock(room.staff_stream)
        cursor, _ = WatchCursor.objects.get_or_create(room=room)
        rows = reading.read_after(room.public_stream, cursor.seq, limit=AT_ONCE)
        if not rows:
            return 0, []
        said = {row.subject for row in rows if row.kind in _KINDS}
        found = list(_look(log, room, _messages(room, said, at), at))
        cursor.seq = rows[-1].seq
        cursor.save(update_fields=["seq"])
        return len(rows), found


def _messages(room: Room, ids: set[int], at: datetime) -> list[Message]:
    found = Message.objects.filter(room=room, pk__in=ids, at__gt=at - OLD)
    found = found.filter(state=MessageState.SHOWN, author__roles=[])
    return list(found.exclude(origin=Origin.IMPORT).select_related("author").order_by("seq"))


def _look(
    log: Writing, room: Room, messages: Sequence[Message], at: datetime
) -> Iterator[tuple[int, list[Hit]]]:
    if not messages:
        return
    start = min(message.at for message in messages) - AROUND
    around = list(room.messages.filter(at__gt=start).order_by("seq"))
    names = tuple(_staff())
    looking = screen(at)
    for message in messages:
        hits = looking.hits(_seen(message, around, names))
        if hits and (fresh := point_out(log, room, message, hits, at=at)):
            yield message.pk, fresh


def _seen(message: Message, around: Sequence[Message], names: tuple[str, ...]) -> Seen:
    before = [one for one in around if one.seq < message.seq and one.body]
    lately = [
        one.body
        for one in before
        if one.author_id == message.author_id and message.at - one.at <= LATELY
    ]
    others = [
        one.body
        for one in before
        if one.author_id != message.author_id and message.at - one.at <= AROUND
    ]
    author = message.author
    return Seen(
        text=message.body,
        author=author.name if author else "",
        new=bool(author and author.joined_at and message.at - author.joined_at < NEW),
        lately=tuple(lately),
        others=tuple(others[-OTHERS:]),
        names=names,
    )


def _staff() -> list[str]:
    return list(Person.objects.exclude(roles=[]).values_list("name", flat=True))
