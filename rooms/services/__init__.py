"""Whatever writes and must be announced. Keyword-only, atomic, ends in `append`.

A service refuses before it writes, so that one refused command leaves its batch intact.
"""

from .agreements import agreement_add, agreement_drop
from .balance import silent_invite, thread_limit
from .floor import floor_add, floor_ask, floor_drop, floor_end, floor_leave, floor_next, floor_set
from .hall import hall_correct, hall_note, hall_withdraw
from .handing import meeting_hand_over, meeting_take_over
from .house_rules import rules_adopt
from .meetings import (
    meeting_blank,
    meeting_close,
    meeting_open,
    meeting_plan,
    meeting_screening,
    meeting_show,
    meeting_sort,
    screen_new,
    screen_revoke,
)
from .messages import message_edit, message_post, message_retract
from .moving import message_move
from .polls import poll_close, poll_drop, poll_hands, poll_new, poll_open, poll_vote
from .rooms import modes_expire, room_charter, room_mode, room_new, room_open
from .stances import stance_take
from .starters import starter_drop, starter_plan, starters_start
from .threads import (
    thread_close,
    thread_merge,
    thread_move,
    thread_open,
    thread_pin,
    thread_rename,
    thread_reopen,
)

__all__ = [
    "agreement_add",
    "agreement_drop",
    "floor_add",
    "floor_ask",
    "floor_drop",
    "floor_end",
    "floor_leave",
    "floor_next",
    "floor_set",
    "hall_correct",
    "hall_note",
    "hall_withdraw",
    "meeting_blank",
    "meeting_close",
    "meeting_hand_over",
    "meeting_open",
    "meeting_plan",
    "meeting_screening",
    "meeting_show",
    "meeting_sort",
    "meeting_take_over",
    "message_edit",
    "message_move",
    "message_post",
    "message_retract",
    "modes_expire",
    "poll_close",
    "poll_drop",
    "poll_hands",
    "poll_new",
    "poll_open",
    "poll_vote",
    "room_charter",
    "room_mode",
    "room_new",
    "room_open",
    "rules_adopt",
    "screen_new",
    "screen_revoke",
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
    "thread_pin",
    "thread_rename",
    "thread_reopen",
]
