"""Whatever writes and must be announced. Keyword-only, atomic, ends in `append`.

A service refuses before it writes, so that one refused command leaves its batch intact.
"""

from .balance import silent_invite, thread_limit
from .house_rules import rules_adopt
from .messages import message_edit, message_post, message_retract
from .moving import message_move
from .rooms import modes_expire, room_charter, room_mode, room_new, room_open
from .stances import stance_take
from .starters import starter_drop, starter_plan, starters_start
from .threads import (
    thread_close,
    thread_merge,
    thread_move,
    thread_open,
    thread_rename,
    thread_reopen,
)

__all__ = [
    "message_edit",
    "message_move",
    "message_post",
    "message_retract",
    "modes_expire",
    "room_charter",
    "room_mode",
    "room_new",
    "room_open",
    "rules_adopt",
    "silent_invite",
    "stance_take",
    "starter_drop",
    "starter_plan",
    "starters_start",
    "thread_close",
    "thread_limit",
    "thread_merge",
    "thread_move",
    "thread_open",
    "thread_rename",
    "thread_reopen",
]
