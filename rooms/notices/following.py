"""Reads the rooms by cursor and writes down what concerns whom. Restartable anywhere."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery

from deliberation.people.models import Person
from rooms.models import Message, MessageState, Notice, NoticeCursor, NoticeKind, Origin, Room

from .mentions import mentioned

AT_ONCE = 500  # messages of a room in one round


def notices_follow(*, at: datetime) -> None:
    """One round: everything that was said since the last one. Idempotent."""
    del at  # a notice has the time of its message
    for room in _behind():
        while _follow(room) == AT_ONCE:
            continue


def notices_about(message: Message) -> None:
    """The same for one message that others can read only now. Call it in a transaction."""
    people = _people(message.room) if "@" in message.body else []
    notices_store(_of(message, people))


def notices_store(notices: Iterable[Notice]) -> None:
    """Write down those that are new. Call it in a transaction."""
    one_at_a_time()
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def one_at_a_time() -> None:
    """Let nobody else write notices until commit: who reads them by number passes none by."""
    list(NoticeCursor.objects.select_for_update().order_by("pk")[:1])


def _behind() -> list[Room]:
    """Rooms with messages after their cursor."""
    read = dict(NoticeCursor.objects.values_list("room_id", "seq"))
    last = Message.objects.filter(room=OuterRef("pk")).order_by("-seq").values("seq")[:1]
    rooms = Room.objects.opened().annotate(last=Subquery(last))
    newest = dict(rooms.filter(last__isnull=False).values_list("pk", "last"))
    behind = [pk for pk, seq in newest.items() if seq > read.get(pk, 0)]
    return list(Room.objects.filter(pk__in=behind))


@transaction.atomic
def _follow(room: Room) -> int:
    """Read on in one room; returns how many messages that were."""
    one_at_a_time()
    cursor, _ = NoticeCursor.objects.select_for_update().get_or_create(room=room)
    messages = list(
        Message.objects.filter(room=room, seq__gt=cursor.seq)
        .select_related("reply_to__author")
        .order_by("seq")[:AT_ONCE]
    )
    if not messages:
        return 0
    people = _people(room) if any("@" in message.body for message in messages) else []
    told = [notice for message in messages for notice in _of(message, people)]
    Notice.objects.bulk_create(told, ignore_conflicts=True)
    cursor.seq = messages[-1].seq
    cursor.save(update_fields=["seq"])
    return len(messages)


def _people(room: Room) -> list[tuple[str, int]]:
    """Who wrote in the room: names and ids. Two may have one name; then both are meant."""
    wrote = Message.objects.filter(room=room).values("author")
    people = Person.objects.filter(pk__in=wrote, is_active=True)
    return list(people.values_list("name", "pk"))


def _of(message: Message, people: list[tuple[str, int]]) -> Iterator[Notice]:
    """An answer goes before a mention, and nobody hears of their own words."""
    if message.state != MessageState.SHOWN or message.origin == Origin.IMPORT:
        return
    named = {name.casefold() for name in mentioned(message.body, (name for name, _ in people))}
    kinds = {pk: NoticeKind.MENTION for name, pk in people if name.casefold() in named}
    answered = message.reply_to.author if message.reply_to else None
    if answered and answered.is_active:
        kinds[answered.pk] = NoticeKind.ANSWER
    for person, kind in kinds.items():
        if person != message.author_id:
            yield Notice(person_id=person, message=message, kind=kind, at=message.at)
