"""Reads the rooms by cursor and points out what a person should look at. Restartable anywhere.

Nothing waits for it: it looks without holding anything, and writes only what it found. That becomes
a case for the managers; few grounds let a message wait.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from deliberation.eventlog import reading
from deliberation.eventlog.log import writing
from deliberation.people.models import Person
from rooms.models import Message, MessageState, Origin, Room

from .models import WatchCursor
from .screening.screen import holds
from .screening.seen import Hit, Seen
from .services.holding import message_hold
from .services.pointing import point_out
from .watchlists import screen

AT_ONCE = 100  # events of a room in one round; what is found is written then, and takes longer
OLD = timedelta(days=1)  # what is older is not pointed out any more
LATELY, AROUND, NEW = timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)
OTHERS = 20
_BEFORE = 200  # messages that are read to know what was said around the first
_KINDS = frozenset({"message.posted", "message.edited"})


class Watcher:
    """Remembers how far it read, and writes that down only where it found something or now and
    then: who writes to the database makes rooms wait. What is read twice is not told twice.
    """

    def __init__(self, *, every: timedelta = timedelta(minutes=1)) -> None:
        self._every = every
        self._read: dict[int, int] = {}
        self._kept: dict[int, datetime] = {}

    def round(self, *, at: datetime) -> None:
        """What was said or changed since the last one, so much of it at once. Idempotent."""
        rooms = list(Room.objects.opened())
        heads = reading.heads(room.public_stream for room in rooms)
        stored = dict(WatchCursor.objects.values_list("room_id", "seq"))
        for room in rooms:
            read = max(stored.get(room.pk, 0), self._read.get(room.pk, 0))
            if heads.get(room.public_stream, 0) > read:
                self._follow(room, read, at)

    def _follow(self, room: Room, read: int, at: datetime) -> None:
        rows = reading.read_after(room.public_stream, read, limit=AT_ONCE)
        if not rows:
            return
        said = {row.subject for row in rows if row.kind in _KINDS}
        found = list(_look(room, _messages(room, said, at), at))
        for message, hits in found:
            _point_out(room, message, hits, at)
        self._read[room.pk] = rows[-1].seq
        if found or at - self._kept.get(room.pk, at - self._every) >= self._every:
            self._kept[room.pk] = at
            _keep(room, rows[-1].seq)


def watches_follow(*, at: datetime) -> None:
    """One round by itself."""
    Watcher(every=timedelta(0)).round(at=at)


def _messages(room: Room, ids: set[int], at: datetime) -> list[Message]:
    found = Message.objects.filter(room=room, pk__in=ids, at__gt=at - OLD)
    found = found.filter(state=MessageState.SHOWN, author__roles=[])
    return list(found.exclude(origin=Origin.IMPORT).select_related("author").order_by("seq"))


def _look(
    room: Room, messages: Sequence[Message], at: datetime
) -> Iterator[tuple[Message, list[Hit]]]:
    if not messages:
        return
    looking, names = screen(at), tuple(_staff())
    wanted, around = {message.pk: message for message in messages}, _Around()
    for one in _context(room, messages):
        message = wanted.get(one.pk)
        if message is not None and (hits := looking.hits(around.seen(message, names))):
            yield message, hits
        around.add(one)


def _context(room: Room, messages: Sequence[Message]) -> list[Message]:
    """These and what was said between and shortly before them, in order."""
    first, last = messages[0], messages[-1]
    ours = room.messages.exclude(body="").only("pk", "seq", "author_id", "body", "at")
    before = ours.filter(seq__lt=first.seq, at__gt=first.at - AROUND).order_by("-seq")[:_BEFORE]
    return [*reversed(before), *ours.filter(seq__range=(first.seq, last.seq)).order_by("seq")]


@dataclass
class _Around:
    """What was said until now: the last things by each, and by all."""

    lately: dict[int | None, deque[Message]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=OTHERS))
    )
    all: deque[Message] = field(default_factory=lambda: deque(maxlen=OTHERS * 5))

    def add(self, one: Message) -> None:
        self.lately[one.author_id].append(one)
        self.all.append(one)

    def seen(self, message: Message, names: tuple[str, ...]) -> Seen:
        author, mine = message.author, self.lately[message.author_id]
        others = [
            one.body
            for one in self.all
            if one.author_id != message.author_id and message.at - one.at <= AROUND
        ]
        return Seen(
            text=message.body,
            author=author.name if author else "",
            new=bool(author and author.joined_at and message.at - author.joined_at < NEW),
            lately=tuple(one.body for one in mine if message.at - one.at <= LATELY),
            others=tuple(others[-OTHERS:]),
            names=names,
        )


def _staff() -> list[str]:
    return list(Person.objects.exclude(roles=[]).values_list("name", flat=True))


def _point_out(room: Room, message: Message, hits: list[Hit], at: datetime) -> None:
    """A case about what was found, and a hold where that may be; each in a moment of its own."""
    with writing() as log:
        log.lock(room.staff_stream)
        says = Message.objects.filter(pk=message.pk, state=MessageState.SHOWN, body=message.body)
        fresh = point_out(log, room, message, hits, at=at) if says.exists() else []
    if grave := [hit for hit in fresh if holds(hit)]:
        message_hold(room=room, message=message.pk, hits=grave, at=at)


def _keep(room: Room, seq: int) -> None:
    """Write down up to where was read; never back, where another process is further."""
    WatchCursor.objects.get_or_create(room=room)
    WatchCursor.objects.filter(room=room, seq__lt=seq).update(seq=seq)
