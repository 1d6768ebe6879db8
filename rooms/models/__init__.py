from .house_rules import HouseRules
from .message import Ground, Message, MessageRevision, MessageState, Origin, Stance, StanceValue
from .notice import Digest, Notice, NoticeCursor, NoticeKind
from .push import PushSubscription
from .room import Charter, Influence, Mode, Neighbourhood, Room
from .starter import Starter
from .thread import Thread, ThreadKind, ThreadState

__all__ = [
    "Charter",
    "Digest",
    "Ground",
    "HouseRules",
    "Influence",
    "Message",
    "MessageRevision",
    "MessageState",
    "Mode",
    "Neighbourhood",
    "Notice",
    "NoticeCursor",
    "NoticeKind",
    "Origin",
    "PushSubscription",
    "Room",
    "Stance",
    "StanceValue",
    "Starter",
    "Thread",
    "ThreadKind",
    "ThreadState",
]
