"""What happened in a room. Each is numbered in its stream, without gaps.

Every event carries the *present* state of what it is about: a message posted and since
hidden replays as hidden. Applying one twice, or a later state early, is therefore harmless.
"""

from datetime import datetime
from typing import Literal, dataclass_transform

from msgspec import Struct

from .shapes import Author, MeetingView, MessageView, NeedView, RoomView, Seq, ThreadView

StreamName = Literal["public", "staff"]


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Event(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A closed fact with its number `seq` in the stream."""

    seq: Seq
    at: datetime


class MessageEvent(Event):
    message: MessageView


class MessagePosted(MessageEvent, tag="message.posted"):
    """`thread_messages`: how many messages the thread then had, tombstones included."""

    thread_messages: int


class MessageEdited(MessageEvent, tag="message.edited"):
    pass


class MessageRetracted(MessageEvent, tag="message.retracted"):
    pass


class MessageHidden(MessageEvent, tag="message.hidden"):
    pass


class MessageRestored(MessageEvent, tag="message.restored"):
    pass


class MessageErased(MessageEvent, tag="message.erased"):
    """Its writer had everything of theirs erased: no words, no name, no history is left."""


class MessageMoved(MessageEvent, tag="message.moved"):
    """It stands in another conversation of the room now: in `into`, no more in `thread`."""

    thread: ThreadView
    into: ThreadView


class MessageGone(Event, tag="message.gone"):
    """Stands in the log where a message was that now belongs to another room."""

    message: int


class ThreadEvent(Event):
    thread: ThreadView


class ThreadOpened(ThreadEvent, tag="thread.opened"):
    pass


class ThreadRenamed(ThreadEvent, tag="thread.renamed"):
    pass


class ThreadMoved(ThreadEvent, tag="thread.moved"):
    """The thread's messages leave this room; `thread.moved_to` says where to."""


class ThreadMerged(ThreadEvent, tag="thread.merged"):
    """All messages of `thread` now belong to `into`."""

    into: ThreadView


class ThreadLimited(ThreadEvent, tag="thread.limited"):
    """From now on `thread.limits` hold in it; without them nothing of the kind does."""


class ThreadPinned(ThreadEvent, tag="thread.pinned"):
    pass


class ThreadClosed(ThreadEvent, tag="thread.closed"):
    pass


class ThreadReopened(ThreadEvent, tag="thread.reopened"):
    pass


class AuthorChanged(Event, tag="author.changed"):
    """From now on person `author` stands as `becomes` beside all their words and threads;
    without `becomes` nobody does: they had everything of theirs erased."""

    author: int
    becomes: Author | None = None


class RoomEvent(Event):
    room: RoomView


class RoomModeChanged(RoomEvent, tag="room.mode"):
    pass


class RoomChartered(RoomEvent, tag="room.charter"):
    """The room opened, or its charter or title changed."""


class NeedEvent(Event):
    """Told in every open room of the neighbourhood, whose agenda is one."""

    need: NeedView


class NeedListed(NeedEvent, tag="need.listed"):
    """It came on the agenda."""


class NeedChanged(NeedEvent, tag="need.changed"):
    """Other words, sources, support or date; or it was taken off the agenda again."""


class NeedAsked(NeedEvent, tag="need.asked"):
    """From now on the municipality owes an answer, by `need.due_on`."""


class NeedAnswered(NeedEvent, tag="need.answered"):
    pass


class NeedProgressed(NeedEvent, tag="need.progressed"):
    """Work on it began, got further, or is done."""


class NeedClosed(NeedEvent, tag="need.closed"):
    pass


class MeetingEvent(Event):
    meeting: MeetingView


class MeetingPlanned(MeetingEvent, tag="meeting.planned"):
    pass


class MeetingOpened(MeetingEvent, tag="meeting.opened"):
    pass


class MeetingShown(MeetingEvent, tag="meeting.shown"):
    """Something about its screens changed: what they show, or what may be on them."""


class MeetingFloor(MeetingEvent, tag="meeting.floor"):
    """Someone asked for the floor, has it, or gave it back."""


class MeetingPolled(MeetingEvent, tag="meeting.polled"):
    """A poll was prepared, began or ended, or hands were counted; votes are no events."""


class MeetingAgreed(MeetingEvent, tag="meeting.agreed"):
    """Something was agreed, or turned out not to be."""


class MeetingClosed(MeetingEvent, tag="meeting.closed"):
    pass


class StaffEvent(Event):
    """Only on the staff stream, which has numbers of its own."""

    stream: Literal["staff"]


class PersonEvent(StaffEvent):
    by: Author | None
    person: Author | None
    reason: str


class PersonBanned(PersonEvent, tag="person.banned"):
    until: datetime
    everywhere: bool = False


class PersonUnbanned(PersonEvent, tag="person.unbanned"):
    pass


class CaseChanged(StaffEvent, tag="case.changed"):
    """Something about `case` changed, which is about `message`: the queue tells the rest."""

    case: int
    message: int


PublicEvent = (
    MessagePosted
    | MessageEdited
    | MessageRetracted
    | MessageHidden
    | MessageRestored
    | MessageErased
    | MessageMoved
    | MessageGone
    | ThreadOpened
    | ThreadRenamed
    | ThreadMoved
    | ThreadMerged
    | ThreadLimited
    | ThreadPinned
    | ThreadClosed
    | ThreadReopened
    | AuthorChanged
    | RoomModeChanged
    | RoomChartered
    | NeedListed
    | NeedChanged
    | NeedAsked
    | NeedAnswered
    | NeedProgressed
    | NeedClosed
    | MeetingPlanned
    | MeetingOpened
    | MeetingShown
    | MeetingFloor
    | MeetingPolled
    | MeetingAgreed
    | MeetingClosed
)
AnyStaffEvent = PersonBanned | PersonUnbanned | CaseChanged
AnyEvent = PublicEvent | AnyStaffEvent
