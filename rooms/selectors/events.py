"""Events as they are sent to a late reader: with the present state of what they are about."""

from collections.abc import Callable, Sequence
from typing import cast

from deliberation.eventlog.models import Event
from deliberation.eventlog.reading import read_after
from deliberation.people.models import Ban, Person
from deliberation.protocol import events as wire
from deliberation.protocol.events import AnyEvent, StreamName
from deliberation.protocol.shapes import Author, NeedView
from rooms.attached import attached
from rooms.models import Message, Room, Thread

from .meetings import meetings_by_id

_MESSAGE_EVENTS: dict[str, type[wire.MessageEvent]] = {
    "message.edited": wire.MessageEdited,
    "message.retracted": wire.MessageRetracted,
    "message.hidden": wire.MessageHidden,
    "message.restored": wire.MessageRestored,
    "message.erased": wire.MessageErased,
}
_THREAD_EVENTS: dict[str, type[wire.ThreadEvent]] = {
    "thread.opened": wire.ThreadOpened,
    "thread.renamed": wire.ThreadRenamed,
    "thread.moved": wire.ThreadMoved,
    "thread.limited": wire.ThreadLimited,
    "thread.pinned": wire.ThreadPinned,
    "thread.closed": wire.ThreadClosed,
    "thread.reopened": wire.ThreadReopened,
}
_ROOM_EVENTS: dict[str, type[wire.RoomEvent]] = {
    "room.mode": wire.RoomModeChanged,
    "room.charter": wire.RoomChartered,
}
_MEETING_EVENTS: dict[str, type[wire.MeetingEvent]] = {
    "meeting.planned": wire.MeetingPlanned,
    "meeting.opened": wire.MeetingOpened,
    "meeting.shown": wire.MeetingShown,
    "meeting.floor": wire.MeetingFloor,
    "meeting.polled": wire.MeetingPolled,
    "meeting.agreed": wire.MeetingAgreed,
    "meeting.closed": wire.MeetingClosed,
}
_NEED_EVENTS: dict[str, type[wire.NeedEvent]] = {
    "need.listed": wire.NeedListed,
    "need.changed": wire.NeedChanged,
    "need.asked": wire.NeedAsked,
    "need.answered": wire.NeedAnswered,
    "need.progressed": wire.NeedProgressed,
    "need.closed": wire.NeedClosed,
}


def events_after(room: Room, seq: int, *, stream: StreamName, limit: int) -> list[AnyEvent]:
    """At most `limit` events of the room's stream after number `seq`, in order."""
    name = room.public_stream if stream == "public" else room.staff_stream
    return hydrate(room, read_after(name, seq, limit=limit))


def hydrate(room: Room, rows: Sequence[Event]) -> list[AnyEvent]:
    """Rows of the log as events: a fixed number of queries, however many rows."""
    subjects = _Subjects(room, rows)
    return [subjects.event(row) for row in rows]


class _Subjects:
    """What some rows are about, fetched at once."""

    def __init__(self, room: Room, rows: Sequence[Event]) -> None:
        self.room = room
        self.messages = _messages({r.subject for r in rows if r.kind.startswith("message.")})
        told = [r for r in rows if r.kind.startswith("thread.")]
        left = [r.other for r in rows if r.kind == "message.moved"]
        threads = {m.thread_id for m in self.messages.values()} | {r.subject for r in told}
        self.threads = _threads(threads | {r.other for r in told} | {*left})
        self.needs = _needs({r.subject for r in rows if r.kind.startswith("need.")})
        self.meetings = meetings_by_id({r.subject for r in rows if r.kind.startswith("meeting.")})
        self.bans = _bans({r.other for r in rows if r.kind.startswith("person.")})
        people = {r.actor_id for r in rows if r.kind.startswith("person.")}
        self.people = _people(people | {r.subject for r in rows if r.kind.startswith("author.")})

    def event(self, row: Event) -> AnyEvent:
        family = row.kind.partition(".")[0]
        build = cast(
            "Callable[[Event], AnyEvent]",
            {
                "message": self._message,
                "thread": self._thread,
                "room": self._room,
                "author": self._author,
                "person": self._person,
                "case": self._case,
                "need": self._need,
                "meeting": self._meeting,
            }[family],
        )
        return build(row)

    def _message(self, row: Event) -> wire.MessageEvent | wire.MessageGone:
        found = self.messages.get(row.subject)
        if found is None or found.room_id != self.room.pk:
            return wire.MessageGone(seq=row.seq, at=row.at, message=row.subject)
        if row.kind == "message.posted":
            count = self.threads[found.thread_id].message_count
            return wire.MessagePosted(
                seq=row.seq, at=row.at, message=found.view(), thread_messages=count
            )
        if row.kind == "message.moved" and row.other is not None:
            before, now = self.threads[row.other].view(), self.threads[found.thread_id].view()
            return wire.MessageMoved(
                seq=row.seq, at=row.at, message=found.view(), thread=before, into=now
            )
        return _MESSAGE_EVENTS[row.kind](seq=row.seq, at=row.at, message=found.view())

    def _thread(self, row: Event) -> wire.ThreadEvent:
        found = self.threads[row.subject].view()
        if row.kind == "thread.merged" and row.other is not None:
            into = self.threads[row.other].view()
            return wire.ThreadMerged(seq=row.seq, at=row.at, thread=found, into=into)
        return _THREAD_EVENTS[row.kind](seq=row.seq, at=row.at, thread=found)

    def _author(self, row: Event) -> wire.AuthorChanged:
        """As they are now: who was erased since is nobody, whatever they were called."""
        becomes = self.people.get(row.subject)
        return wire.AuthorChanged(seq=row.seq, at=row.at, author=row.subject, becomes=becomes)

    def _room(self, row: Event) -> wire.RoomEvent:
        return _ROOM_EVENTS[row.kind](seq=row.seq, at=row.at, room=self.room.view())

    def _need(self, row: Event) -> wire.NeedEvent:
        return _NEED_EVENTS[row.kind](seq=row.seq, at=row.at, need=self.needs[row.subject])

    def _meeting(self, row: Event) -> wire.MeetingEvent:
        meeting = self.meetings[row.subject]
        return _MEETING_EVENTS[row.kind](seq=row.seq, at=row.at, meeting=meeting)

    def _case(self, row: Event) -> wire.CaseChanged:
        assert row.other is not None
        return wire.CaseChanged(
            seq=row.seq, at=row.at, case=row.subject, message=row.other, stream="staff"
        )

    def _person(self, row: Event) -> wire.PersonEvent:
        ban = self.bans[row.other or 0]
        person = ban.person.author()
        by = self.people.get(row.actor_id or 0)
        if row.kind == "person.unbanned":
            return wire.PersonUnbanned(
                seq=row.seq,
                at=row.at,
                by=by,
                person=person,
                reason=ban.lifted_reason,
                stream="staff",
            )
        return wire.PersonBanned(
            seq=row.seq,
            at=row.at,
            by=by,
            person=person,
            reason=ban.reason,
            until=ban.until,
            everywhere=not ban.place,
            stream="staff",
        )


def _messages(ids: set[int]) -> dict[int, Message]:
    return Message.objects.select_related("author").in_bulk(ids) if ids else {}


def _threads(ids: set[int | None]) -> dict[int, Thread]:
    threads = Thread.objects.select_related("opened_by", "continued_in__room")
    return threads.in_bulk(ids - {None}) if ids else {}


def _needs(ids: set[int]) -> dict[int, NeedView]:
    return {need.id: need for need in attached.by_id(ids)} if ids else {}


def _bans(ids: set[int | None]) -> dict[int, Ban]:
    return Ban.objects.select_related("person").in_bulk(ids - {None}) if ids else {}


def _people(ids: set[int | None]) -> dict[int, Author]:
    found = Person.objects.in_bulk(ids - {None}) if ids else {}
    return {pk: person.author() for pk, person in found.items() if not person.is_erased}
