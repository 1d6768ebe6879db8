"""What writes and is announced: every act of moderation."""

from .appeals import appeal_decide, appeal_make
from .bans import ban_keep, person_ban, person_unban
from .cases import case_claim, case_leave, case_note, case_release
from .hearing import case_ask, hearing_answer
from .hiding import message_hide, message_restore
from .redacting import message_redact
from .reports import message_report
from .seconding import proposal_agree, proposal_refuse
from .undoing import case_reopen, decision_undo
from .warning import case_warn

__all__ = [
    "appeal_decide",
    "appeal_make",
    "ban_keep",
    "case_ask",
    "case_claim",
    "case_leave",
    "case_note",
    "case_release",
    "case_reopen",
    "case_warn",
    "decision_undo",
    "hearing_answer",
    "message_hide",
    "message_redact",
    "message_report",
    "message_restore",
    "person_ban",
    "person_unban",
    "proposal_agree",
    "proposal_refuse",
]
