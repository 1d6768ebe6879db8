"""Reads the rooms by cursor and points out what a person should look at. Restartable anywhere.

Nothing waits for it and nothing is hidden by it: what it finds becomes a case for the managers.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from django.db.models import Max

from deliberation.eventlog import reading
from deliberation.eventlog.log import Writing, writing
from deliberation.people.actors import Actor
from deliberation.people.models import Person
from deliberation.people.roles import Role
from rooms.models import Message, MessageState, Origin, Room

from .models import Case, Signal, WatchCursor, WatchList
from .screening.lists import WordList, parsed
from .screening.screen import Screen, built_in
from .screening.seen import Hit, Seen
from .services.cases import changed, opened_about, weigh

AT_ONCE = 500  # events of a room in one round
OLD = timedelta(days=1)  # what is older is not pointed out any more
LATELY, AROUND, NEW = timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)
OTHERS = 20
_SYSTEM = Actor(id=None, name="", roles=frozenset({Role.ADMINISTRATOR}))
_KINDS = frozenset({"message.posted", "message.edited"})


def watches_follow(*, at: datetime) -> None:
    """One round: everything that was said or changed since the last one. Idempotent."""
    for room in _behind():
        while _follow(room, at) == AT_ONCE:
            continue


def lists_in_use() -> list[WordList]:
    """Those that come with the software, unless they were put off, and those of this place."""
    own = {one.name: one for one in WatchList.objects.all()}
    standard = [one for one in built_in() if one.name not in own or own[one.name].is_on]
    return standard + [parsed(one.text) for one in own.values() if one.text and one.is_on]


def screen() -> Screen:
    """All lists in use, ready; made again only once one was changed."""
    return _screen(WatchList.objects.aggregate(last=Max("changed_at"))["last"])


@lru_cache(maxsize=1)
def _screen(_changed: datetime | None) -> Screen:
    return Screen(lists_in_use())


def _behind() -> list[Room]:
    """Rooms whose log goes on after their cursor."""
    rooms = list(Room.objects.opened())
    heads = reading.heads(room.public_stream for room in rooms)
    read = dict(WatchCursor.objects.values_list("room_id", "seq"))
    return [room for room in rooms if heads.get(room.public_stream, 0) > read.get(room.pk, 0)]


def _follow(room: Room, at: datetime) -> int:
    """Read on in one room; returns how many events that were."""
    with writing() as log:
        log.lock(room.staff_stream)
        cursor, _ = WatchCursor.objects.get_or_create(room=room)
        rows = reading.read_after(room.public_stream, cursor.seq, limit=AT_ONCE)
        if not rows:
            return 0
        said = {row.subject for row in rows if row.kind in _KINDS}
        _look(log, room, _messages(room, said, at), at)
        cursor.seq = rows[-1].seq
        cursor.save(update_fields=["seq"])
        return len(rows)


def _messages(room: Room, ids: set[int], at: datetime) -> list[Message]:
    found = Message.objects.filter(room=room, pk__in=ids, at__gt=at - OLD)
    found = found.filter(state=MessageState.SHOWN, author__roles=[])
    return list(found.exclude(origin=Origin.IMPORT).select_related("author").order_by("seq"))


def _look(log: Writing, room: Room, messages: Sequence[Message], at: datetime) -> None:
    if not messages:
        return
    start = min(message.at for message in messages) - AROUND
    around = list(room.messages.filter(at__gt=start).order_by("seq"))
    names = tuple(_staff())
    looking = screen()
    for message in messages:
        if hits := looking.hits(_seen(message, around, names)):
            _point_out(log, room, message, hits, at)


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


def _point_out(
    log: Writing, room: Room, message: Message, hits: Sequence[Hit], at: datetime
) -> None:
    """Add what was not pointed out before, in the case that waits or in a new one.

    What a person looked at since it was written is left alone.
    """
    written = message.edited_at or message.at
    if Case.objects.filter(message=message, closed_at__gte=written).exists():
        return
    known = Signal.objects.filter(case__message=message).values_list("kind", "says", "values")
    told = {(kind, says, str(values)) for kind, says, values in known}
    fresh = [hit for hit in hits if (hit.kind, hit.says, str(hit.values)) not in told]
    if not fresh:
        return
    case = opened_about(message, fresh[0].ground, at=at)
    case.save()
    Signal.objects.bulk_create(
        Signal(case=case, kind=one.kind, ground=one.ground, says=one.says, values=one.values, at=at)
        for one in fresh
    )
    weigh(case)
    changed(log, room, case, actor=_SYSTEM, ref=None, at=at)
