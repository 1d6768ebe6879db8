"""What a client may ask. Each carries a `ref` made by the client; a retry repeats it."""

from datetime import datetime
from typing import Annotated, Literal, dataclass_transform
from uuid import UUID

from msgspec import Meta, Struct

from .shapes import Ground, ItemState, Kind, Mode, PollKind, Scene, Screening, Seq, StanceValue

# Generous bounds: the text rules answer in words; these only stop what is absurd.
Words = Annotated[str, Meta(max_length=20_000)]
Line = Annotated[str, Meta(max_length=2_000)]
Id = Annotated[int, Meta(ge=1, le=2**53)]
Slug = Annotated[str, Meta(max_length=60, pattern="^[-a-zA-Z0-9_]+$")]
Moment = Annotated[datetime, Meta(tz=True)]


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Command(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A closed request that gets exactly one `ack` or `nack`."""

    ref: UUID


class MessagePost(Command, tag="message.post"):
    thread: Id
    body: Words
    reply_to: Id | None = None


class MessageEdit(Command, tag="message.edit"):
    message: Id
    body: Words


class MessageRetract(Command, tag="message.retract"):
    message: Id


class MessageHide(Command, tag="message.hide"):
    """`ground` is told to everyone, `reason` to the writer alone: what was seen in it.

    `criticism` of the municipality is not hidden by one person: another has to agree, and the
    answer's number is then one of the staff stream, its id that of the case.
    """

    message: Id
    ground: Ground
    reason: Words
    criticism: bool = False


class MessageRestore(Command, tag="message.restore"):
    message: Id
    reason: Line


class StanceTake(Command, tag="stance.take"):
    message: Id
    value: StanceValue


class ThreadOpen(Command, tag="thread.open"):
    title: Line
    kind: Kind
    body: Words


class ThreadRename(Command, tag="thread.rename"):
    thread: Id
    title: Line


class ThreadMove(Command, tag="thread.move"):
    thread: Id
    to_room: Slug
    reason: Line


class ThreadMerge(Command, tag="thread.merge"):
    thread: Id
    into: Id
    reason: Line


class ThreadClose(Command, tag="thread.close"):
    thread: Id
    reason: Line


class ThreadReopen(Command, tag="thread.reopen"):
    thread: Id


class RoomMode(Command, tag="room.mode"):
    """`until` and `reason` are required for every mode but `open`."""

    mode: Mode
    reason: Line = ""
    until: Moment | None = None
    slow_seconds: Annotated[int, Meta(ge=0, le=3600)] = 0


class MeetingShow(Command, tag="meeting.show"):
    """Have the screens of a meeting show this scene."""

    meeting: Id
    scene: Scene


class MeetingBlank(Command, tag="meeting.blank"):
    """Nothing on any screen, at once; or again what was there."""

    meeting: Id
    blank: bool


class MeetingSort(Command, tag="meeting.sort"):
    """What becomes of a message for the screens; without `state` it is new again."""

    meeting: Id
    message: Id
    state: ItemState | None = None


class MeetingScreening(Command, tag="meeting.screening"):
    meeting: Id
    screening: Screening
    delay: int
    names: bool


class FloorSet(Command, tag="floor.set"):
    """Whether one can ask for the floor, and for how many seconds one has it."""

    meeting: Id
    open: bool
    seconds: int


class FloorAsk(Command, tag="floor.ask"):
    """I want to say something."""

    meeting: Id


class FloorAdd(Command, tag="floor.add"):
    """Someone in the hall wants to; the name may be empty."""

    meeting: Id
    name: Line = ""


class FloorNext(Command, tag="floor.next"):
    """Who spoke has finished; the next one begins, hall and online in turn."""

    meeting: Id


class FloorEnd(Command, tag="floor.end"):
    """Who spoke has finished."""

    meeting: Id


class FloorLeave(Command, tag="floor.leave"):
    """I need not say it any more."""

    meeting: Id


class FloorDrop(Command, tag="floor.drop"):
    """Take someone out of the queue."""

    meeting: Id
    turn: Id


class PollNew(Command, tag="poll.new"):
    """Prepare a question; a scale has no options of its own."""

    meeting: Id
    question: Line
    kind: PollKind
    options: list[Line] = []
    live: bool = False


class PollOpen(Command, tag="poll.open"):
    meeting: Id
    poll: Id


class PollClose(Command, tag="poll.close"):
    meeting: Id
    poll: Id


class PollHands(Command, tag="poll.hands"):
    """How many hands were raised in the hall for each option."""

    meeting: Id
    poll: Id
    hands: Annotated[list[int], Meta(max_length=20)]


class PollDrop(Command, tag="poll.drop"):
    meeting: Id
    poll: Id


class PollVote(Command, tag="poll.vote"):
    """`choice`: places of options from 0, of a ranking all of them, the best first; empty: my vote
    is taken back."""

    poll: Id
    choice: Annotated[list[int], Meta(max_length=20)]


class HallNote(Command, tag="hall.note"):
    """Someone's words, put down by a scribe. `name` may be a table, or nothing."""

    meeting: Id
    thread: Id
    body: Words
    name: Line = ""
    origin: Literal["room", "paper"] = "room"


class HallCorrect(Command, tag="hall.correct"):
    message: Id
    body: Words


class HallWithdraw(Command, tag="hall.withdraw"):
    message: Id


class PersonBan(Command, tag="person.ban"):
    person: Id
    ground: Ground
    reason: Words
    until: Moment
    everywhere: bool = False


class PersonUnban(Command, tag="person.unban"):
    person: Id
    reason: Line


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Signal(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A closed hint that gets no answer and may be dropped."""


class Typing(Signal, tag="typing"):
    thread: Id


class Seen(Signal, tag="seen"):
    """The client shows everything up to `seq`; it also renews the presence lease."""

    seq: Seq


AnyCommand = (
    MessagePost
    | MessageEdit
    | MessageRetract
    | MessageHide
    | MessageRestore
    | StanceTake
    | ThreadOpen
    | ThreadRename
    | ThreadMove
    | ThreadMerge
    | ThreadClose
    | ThreadReopen
    | RoomMode
    | MeetingShow
    | MeetingBlank
    | MeetingSort
    | MeetingScreening
    | FloorSet
    | FloorAsk
    | FloorAdd
    | FloorNext
    | FloorEnd
    | FloorLeave
    | FloorDrop
    | PollNew
    | PollOpen
    | PollClose
    | PollHands
    | PollDrop
    | PollVote
    | HallNote
    | HallCorrect
    | HallWithdraw
    | PersonBan
    | PersonUnban
)
AnySignal = Typing | Seen
FromClient = AnyCommand | AnySignal
