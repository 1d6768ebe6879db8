from .agreement import Agreement
from .house_rules import HouseRules
from .meeting import AgendaPoint, Item, ItemState, Meeting, MeetingPhase, Screen, Screening, Turn
from .message import (
    IN_HALL,
    Ground,
    Message,
    MessageRevision,
    MessageState,
    Origin,
    Stance,
    StanceValue,
)
from .notice import Digest, Notice, NoticeCursor, NoticeKind
from .poll import Poll, PollKind, PollState, Vote
from .push import PushSubscription
from .room import Charter, Influence, Mode, Neighbourhood, Room
from .starter import Starter
from .thread import Thread, ThreadKind, ThreadState

__all__ = [
    "IN_HALL",
    "AgendaPoint",
    "Agreement",
    "Charter",
    "Digest",
    "Ground",
    "HouseRules",
    "Influence",
    "Item",
    "ItemState",
    "Meeting",
    "MeetingPhase",
    "Message",
    "MessageRevision",
    "MessageState",
    "Mode",
    "Neighbourhood",
    "Notice",
    "NoticeCursor",
    "NoticeKind",
    "Origin",
    "Poll",
    "PollKind",
    "PollState",
    "PushSubscription",
    "Room",
    "Screen",
    "Screening",
    "Stance",
    "StanceValue",
    "Starter",
    "Thread",
    "ThreadKind",
    "ThreadState",
    "Turn",
    "Vote",
]
