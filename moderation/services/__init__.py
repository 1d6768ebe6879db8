"""What writes and is announced: every act of moderation."""

from .appeals import appeal_decide, appeal_make
from .bans import person_ban, person_unban
from .hiding import message_hide, message_restore

__all__ = [
    "appeal_decide",
    "appeal_make",
    "message_hide",
    "message_restore",
    "person_ban",
    "person_unban",
]
