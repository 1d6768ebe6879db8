"""Needs put right at once, after what was hidden, erased, changed or shown again.

What is no longer shown is out of every page the moment it is hidden, because words and numbers
are read from the messages themselves. Here the screens that are open hear of it, and a suggested
need that lost what it stood on goes. This asks nothing of the engine, so it never waits for it.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from deliberation.agenda.cursors import Reader, cursor_held, readers
from deliberation.agenda.models import Evidence, Need, NeedSentence
from deliberation.agenda.services.announcing import AgendaWriting, agenda_writing
from deliberation.engine import Parameters
from deliberation.eventlog.models import Event
from deliberation.eventlog.reading import Head
from deliberation.people.actors import Actor
from deliberation.protocol.events import NeedChanged
from rooms.models import MessageState

from .said import CHANGES, messages_of
from .stored import is_edited, is_suggestion, taken_part_in

NOBODY = Actor(id=None)
_AT_ONCE = 500  # ids in one query


class Told:
    """Up to where this process looked; what needs nothing need not be looked at twice."""

    def __init__(self) -> None:
        self._seen: dict[int, Head] = {}

    def round(self, *, at: datetime) -> None:
        """Look in every room once. Idempotent; any process may do it."""
        for reader in readers():
            after = self._from(reader)
            if after < reader.head.seq:
                tell(reader, after, at=at)
                self._seen[reader.room.pk] = reader.head

    def _from(self, reader: Reader) -> int:
        seen = self._seen.get(reader.room.pk)
        mine = seen.seq if seen and seen.epoch == reader.head.epoch else 0
        return max(mine, reader.cursor.told)


def tell(reader: Reader, after: int, *, at: datetime) -> None:
    """Put right what rests on anything that changed after number `after` of the room's log."""
    messages = messages_of(_changes(reader, after))
    mine = reader.room.neighbourhood_id
    places = set(_needs_on(messages).values())
    for place in sorted(places - {mine}):  # a conversation moved to another neighbourhood
        with agenda_writing(place) as log:
            _put_all_right(log, messages, place, at=at)
    if places:
        _tell(reader, at=at)


def _changes(reader: Reader, after: int) -> list[tuple[str, int]]:
    stream, until = reader.room.public_stream, reader.head.seq
    rows = Event.objects.filter(stream__name=stream, seq__gt=after, seq__lte=until)
    return list(rows.filter(kind__in=CHANGES).order_by("seq").values_list("kind", "subject"))


def _tell(reader: Reader, *, at: datetime) -> None:
    """One transaction: what was looked for before it is looked for again inside it."""
    place = reader.room.neighbourhood_id
    with agenda_writing(place) as log:
        cursor = cursor_held(reader.room.pk)
        messages = messages_of(_changes(reader, cursor.told))
        _put_all_right(log, messages, place, at=at)
        cursor.told = max(cursor.told, reader.head.seq)
        cursor.save(update_fields=["told"])


def _put_all_right(
    log: AgendaWriting, messages: Collection[int], place: int, *, at: datetime
) -> None:
    for need, where in sorted(_needs_on(messages).items()):
        if where == place:
            _put_right(log, log.need(need), at=at)


def _needs_on(messages: Collection[int]) -> dict[int, int]:
    """Needs that rest on one of these messages, or quote one; each with its neighbourhood."""
    found: dict[int, int] = {}
    ids = sorted(messages)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        rests = Evidence.objects.filter(message__in=some)
        cites = NeedSentence.objects.filter(citations__message__in=some)
        for needs in (rests, cites):
            found.update(needs.order_by().values_list("need", "need__neighbourhood"))
    return found


def _put_right(log: AgendaWriting, need: Need, *, at: datetime) -> None:
    """Announced where people know it by a kenmerk; else the engine's own, to be kept whole."""
    if need.kenmerk is not None:
        log.tell(need, NeedChanged, actor=NOBODY, at=at)
    elif is_suggestion(need) and not is_edited(need):
        _shrink(need)


def _shrink(need: Need) -> None:
    """Without what is no longer shown, and without itself where too little is left."""
    gone = ~Q(message__state=MessageState.SHOWN)
    need.evidence.filter(gone).delete()
    parts = need.evidence.filter(kind=Evidence.Kind.PART)
    people = parts.values("message__author").distinct().count()
    if min(parts.count(), people) < Parameters().fewest and not taken_part_in([need.pk]):
        need.delete()
