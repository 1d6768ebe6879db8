"""What the server says that is not in the log: answers, and hints that may be dropped."""

from datetime import datetime
from typing import Literal, dataclass_transform
from uuid import UUID

from msgspec import Struct

from .events import AnyEvent, PublicEvent
from .shapes import Limits, Mode, Seq, Tally, You

Resume = Literal["current", "replay", "resync"]


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Reply(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A closed answer or hint; it has no place in the log."""


class Welcome(Reply, tag="welcome"):
    """First frame. `resume` says what follows: nothing, the missed events, or (`resync`) that
    the client must take a fresh snapshot and go on from there."""

    room: str
    epoch: str
    head: Seq
    resume: Resume
    limits: Limits
    mode: Mode
    at: datetime
    you: You | None = None
    staff_head: Seq | None = None


class Ack(Reply, tag="ack"):
    """Durable: stored as number `seq`; `id` is the message or thread it made or touched."""

    ref: UUID
    seq: Seq
    id: int


class Nack(Reply, tag="nack"):
    """Not carried out, nothing stored. `text` is for people; `retry_after` in seconds."""

    code: str
    text: str
    ref: UUID | None = None
    retry_after: float | None = None


class Presence(Reply, tag="presence"):
    """How many screens are in the room now."""

    count: int


class TypingNow(Reply, tag="typing"):
    """How many people write in a thread now; 0 when nobody does any more."""

    thread: int
    count: int


class TallyNow(Reply, tag="tally"):
    message: int
    counts: Tally


class PollNow(Reply, tag="poll"):
    """How many people voted until now in a poll that goes on, and what, if that is told."""

    poll: int
    voters: int
    counts: list[int] = []


class Heartbeat(Reply, tag="heartbeat"):
    """Every 15 s at the latest: a client that is behind `head` fetches what it missed."""

    head: Seq
    at: datetime
    staff_head: Seq | None = None


class Bye(Reply, tag="bye"):
    """The server closes; below 4500 come back after `retry_after` seconds, else don't."""

    code: int
    text: str
    retry_after: float | None = None


class Missed(Reply, tag="missed"):
    """HTTP only: the events after the asked number; `resume` as in `welcome`."""

    epoch: str
    head: Seq
    resume: Resume
    events: list[PublicEvent]


AnyReply = (
    Welcome | Ack | Nack | Presence | TypingNow | TallyNow | PollNow | Heartbeat | Bye | Missed
)
FromServer = AnyReply | AnyEvent
