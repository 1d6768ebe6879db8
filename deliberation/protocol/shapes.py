"""The nouns of the wire. A field at its default is left out of the frame."""

from datetime import date, datetime
from typing import Annotated, Literal, dataclass_transform
from uuid import UUID

from msgspec import Meta, Struct

Badge = Literal["manager", "official", "council", "administrator"]
Kind = Literal["need", "question", "idea", "concern", "activity"]
Mode = Literal["open", "slow", "checked", "read_only", "frozen"]
Origin = Literal["web", "room", "paper", "import"]
Influence = Literal["inform", "consult", "advise", "co_create", "decide"]
StanceValue = Literal["agree", "disagree", "unsure", "none"]
Ground = Literal[
    "threat", "hate", "personal_data", "illegal", "insult", "spam", "off_topic", "impersonation"
]
MessageState = Literal["shown", "retracted", "hidden", "erased"]
ThreadState = Literal["open", "closed", "merged", "moved"]
NeedState = Literal["suggested", "on_agenda", "asked", "answered", "under_way", "done", "closed"]
NeedOrigin = Literal["residents", "official"]
Outcome = Literal["taken_over", "partly", "not", "elsewhere"]
Seq = Annotated[int, Meta(ge=0, le=2**53)]


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Shape(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A closed noun: an unknown field is an error."""


class Author(Shape):
    id: int
    name: str
    badge: Badge | None = None


class Tally(Shape):
    """How many people took each stance; "not sure yet" is a stance of its own."""

    agree: int = 0
    disagree: int = 0
    unsure: int = 0


class MessageView(Shape):
    """A message as everyone may see it; a tombstone has no author's words.

    `seq` is the number of the event that placed it in this room and gives the order.
    `ground` says why a hidden message is hidden; `reason` why a shown one was restored. One that
    is hidden `until` some time is held back: a person looks at it, or it is shown then.
    """

    id: int
    ref: UUID
    thread: int
    seq: Seq
    at: datetime
    author: Author | None = None
    body: str | None = None
    state: MessageState = "shown"
    ground: Ground | None = None
    reason: str | None = None
    until: datetime | None = None
    reply_to: int | None = None
    origin: Origin = "web"
    edited_at: datetime | None = None
    tally: Tally = Tally()


class ThreadLimits(Shape):
    """What keeps a conversation in balance until some time. `daily`: messages of one person a day;
    `length`: characters of a message; `answers_to`: the only message that is answered now."""

    reason: str
    until: datetime
    daily: int | None = None
    length: int | None = None
    answers_to: int | None = None


class ThreadView(Shape):
    """A thread with its absolute message count, so that applying it twice is harmless."""

    id: int
    title: str
    kind: Kind
    opened_at: datetime
    opened_by: Author | None = None
    state: ThreadState = "open"
    reason: str | None = None
    merged_into: int | None = None
    moved_to: str | None = None
    limits: ThreadLimits | None = None
    messages: int = 0
    last_seq: Seq = 0


class CharterView(Shape):
    """What residents may expect of a room (people.md); no field may be empty."""

    purpose: str
    question: str
    influence: Influence
    outcome: str
    decided_by: str
    decided_when: str
    house_rules: str
    moderators: str


class RoomView(Shape):
    slug: str
    title: str
    neighbourhood: str
    charter: CharterView | None = None
    mode: Mode = "open"
    mode_reason: str | None = None
    mode_until: datetime | None = None
    mode_basis: str | None = None
    slow_seconds: int = 0


class NeedView(Shape):
    """A need on the agenda of the neighbourhood. `title`: residents' words as they are shown now,
    empty once they are not. `people`: distinct people behind its sources; `support`: who want an
    answer. `threads`: the conversations of the neighbourhood it comes from.
    """

    id: int
    kenmerk: str
    title: str
    state: NeedState
    theme: str = ""
    origin: NeedOrigin = "residents"
    people: int = 0
    support: int = 0
    threads: list[int] = []
    due_on: date | None = None
    outcome: Outcome | None = None


class Snapshot(Shape):
    """A room at `head`: all its threads and a window of its newest messages, oldest first.

    `needs`: what is on the agenda of the neighbourhood, until it is done or closed.
    """

    room: RoomView
    epoch: str
    head: Seq
    threads: list[ThreadView]
    messages: list[MessageView]
    needs: list[NeedView] = []


class You(Shape):
    """Who the reader is to this room, and the commands open to them now.

    `banned_until` is the end of a ban that holds here.
    """

    id: int
    name: str
    may: list[str]
    badge: Badge | None = None
    staff: bool = False
    banned_until: datetime | None = None


class Limits(Shape):
    message: int
    title: int
    name: int
    edit_minutes: int
    frame_bytes: int


class RulesChange(Shape):
    """House rules that are new: which version, and what is new in it."""

    version: str
    change: str


class Opening(Shape):
    """All a room page starts from: what the server also rendered as HTML.

    `snapshot.messages` is a window of `thread` (None: of the whole room), oldest first;
    `older` and `newer` tell whether more lies beyond it. `stances` are your own, by message id.
    `rules`: house rules that people may not know yet.
    """

    snapshot: Snapshot
    at: datetime
    limits: Limits
    stances: dict[str, StanceValue]
    you: You | None = None
    thread: int | None = None
    older: bool = False
    newer: bool = False
    rules: RulesChange | None = None
