from .message import Message, MessageRevision, MessageState, Origin, Stance, StanceValue
from .room import Charter, Influence, Mode, Neighbourhood, Room
from .starter import Starter
from .thread import Thread, ThreadKind, ThreadState

__all__ = [
    "Charter",
    "Influence",
    "Message",
    "MessageRevision",
    "MessageState",
    "Mode",
    "Neighbourhood",
    "Origin",
    "Room",
    "Stance",
    "StanceValue",
    "Starter",
    "Thread",
    "ThreadKind",
    "ThreadState",
]
