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
SceneKind = Literal[
    "welcome", "thread", "words", "message", "agenda", "poll", "speakers", "silence"
]
PollKind = Literal["single", "multiple", "ranking", "scale"]
PollState = Literal["prepared", "open", "closed"]
Where = Literal["hall", "online"]
MeetingPhase = Literal["planned", "open", "closed"]
Screening = Literal["delay", "approve"]
ItemState = Literal["kept", "on_screen", "answered", "refused"]
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
    """A thread with its absolute message count, so that applying it twice is harmless.

    `pinned`: the message that stands above the others.
    """

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
    pinned: int | None = None
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


class Scene(Shape):
    """What the screens of a meeting show. `thread`, `message` and `poll`: what it is about, for
    scenes that are about one."""

    kind: SceneKind
    thread: int | None = None
    message: int | None = None
    poll: int | None = None


class PointView(Shape):
    """A point of the agenda of the evening; `minutes` 0: as long as it takes."""

    id: int
    title: str
    minutes: int = 0
    thread: int | None = None


class TurnView(Shape):
    """Someone who asked for the floor, or has it since `started_at`. Online it is `author`; in the
    hall there may be no more than a `name`."""

    id: int
    where: Where
    asked_at: datetime
    author: Author | None = None
    name: str = ""
    started_at: datetime | None = None


class FloorView(Shape):
    """Who asked for the floor, longest ago first, whoever has it included. `open`: one can ask.
    `seconds`: how long a turn takes. `last`: where who spoke last was, or speaks now."""

    open: bool = False
    seconds: int = 120
    turns: list[TurnView] = []
    last: Where | None = None


class PollView(Shape):
    """A question to all. `options`: none for a scale, whose steps go from "agree completely" to
    "don't agree at all". `counts`, by phone, and `hands`, in the hall: for each option how many
    chose it, of a ranking its points; empty as long as the result is not told. `live`: it is told
    while people vote. `voters`: how many people voted by phone."""

    id: int
    question: str
    kind: PollKind
    state: PollState
    options: list[str] = []
    live: bool = False
    voters: int = 0
    counts: list[int] = []
    hands: list[int] = []


class AgreementView(Shape):
    """What was agreed at a meeting; `who` does it, by `due_on`."""

    id: int
    words: str
    who: str = ""
    due_on: date | None = None


class MeetingView(Shape):
    """A meeting in a hall and online. `code` leads to it while it is not over.

    `items`: what was decided about messages for the screens, by message id; without it one is new.
    With `screening` "delay" a new message comes on the screens `delay` seconds after it was
    written or changed. `screens`: how many hang there.
    """

    id: int
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    phase: MeetingPhase
    code: str
    scene: Scene
    blank: bool = False
    screening: Screening = "delay"
    delay: int = 10
    names: bool = True
    screens: int = 0
    points: list[PointView] = []
    items: dict[str, ItemState] = {}
    floor: FloorView = FloorView()
    polls: list[PollView] = []
    agreements: list[AgreementView] = []


class Snapshot(Shape):
    """A room at `head`: all its threads and a window of its newest messages, oldest first.

    `needs`: what is on the agenda of the neighbourhood, until it is done or closed.
    `meetings`: those that are planned or going on.
    """

    room: RoomView
    epoch: str
    head: Seq
    threads: list[ThreadView]
    messages: list[MessageView]
    needs: list[NeedView] = []
    meetings: list[MeetingView] = []


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
    `older` and `newer` tell whether more lies beyond it. `stances` are your own, by message id;
    `votes` what you chose in polls that go on, by poll.
    `rules`: house rules that people may not know yet.
    """

    snapshot: Snapshot
    at: datetime
    limits: Limits
    stances: dict[str, StanceValue]
    votes: dict[str, list[int]] = {}
    you: You | None = None
    thread: int | None = None
    older: bool = False
    newer: bool = False
    rules: RulesChange | None = None
