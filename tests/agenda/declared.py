"""Who may do what with needs, decided by people and written down twice: here and in rights.py.

A new service is one line in SERVICES. Where it needs something beside a need (a draft, a
contest), test_rights.py says how to come by it.
"""

from dataclasses import dataclass

from tests.app.declared import ROLES

RESIDENTS = "resident manager official council administrator"  # everyone with a name
MANAGERS = "manager administrator"
OFFICIALS = "official administrator"
SEES_ALL = "manager official administrator"  # also what never came on the agenda


@dataclass(frozen=True)
class Declared:
    """`who` may. `ban`: which takes it away: none, everywhere, or also one from a room."""

    who: str
    ban: str = "room"


ACTIONS = {
    "need.read": Declared(ROLES, ban="none"),
    "need.support": Declared(RESIDENTS, ban="everywhere"),
    "need.follow": Declared(RESIDENTS, ban="none"),
    "need.propose": Declared(RESIDENTS, ban="none"),
    "need.contest": Declared(RESIDENTS, ban="everywhere"),
    "need.review": Declared(MANAGERS),
    "need.place": Declared("manager official administrator"),
    "need.ask": Declared(MANAGERS),
    "need.close": Declared(MANAGERS),
    "need.reopen": Declared(MANAGERS),
    "need.answer": Declared(OFFICIALS),
    "need.progress": Declared("manager official administrator"),
    "need.extend": Declared(OFFICIALS),
    "contest.answer": Declared("manager official administrator"),
    "version.adopt": Declared(MANAGERS),
    "memory.seen": Declared(MANAGERS),
}

ALL = "suggested on_agenda asked answered under_way done closed"
OPEN = "suggested on_agenda asked answered under_way"
LISTED = "on_agenda asked answered under_way"


@dataclass(frozen=True)
class Service:
    """What it needs, and the states of its need in which it does something; in every other it is
    refused. Without `states` it is about no need."""

    action: str
    states: str = ""


SERVICES = {
    "need_accept": Service("need.review", "suggested"),
    "need_edit": Service("need.review", OPEN),
    "evidence_add": Service("need.review", OPEN),
    "evidence_remove": Service("need.review", OPEN),
    "evidence_move": Service("need.review", OPEN),
    # Into one on the agenda: what is further has to stay.
    "need_merge": Service("need.review", "suggested on_agenda"),
    "need_split": Service("need.review", OPEN),
    "suggestion_accept": Service("need.review", OPEN),
    "suggestion_dismiss": Service("need.review", ALL),
    "edit_undo": Service("need.review", ALL),
    "need_close": Service("need.close", OPEN),
    "need_reopen": Service("need.reopen", "closed"),
    "need_propose": Service("need.propose"),
    "wording_propose": Service("need.propose", OPEN),
    "need_place": Service("need.place"),
    "need_support": Service("need.support", "on_agenda asked"),
    "need_unsupport": Service("need.support", ALL),
    "need_follow": Service("need.follow", ALL),
    "need_unfollow": Service("need.follow", ALL),
    "need_ask": Service("need.ask", "on_agenda"),
    "need_assign": Service("need.progress", LISTED),
    "need_extend": Service("need.extend", "asked"),
    "response_draft": Service("need.answer", "asked answered under_way done"),
    "response_read": Service("need.answer", "asked answered under_way done"),
    "response_publish": Service("need.answer", "asked answered under_way done"),
    "milestone_add": Service("need.progress", "answered under_way done"),
    "need_start": Service("need.progress", "answered"),
    "need_done": Service("need.progress", "answered under_way"),
    "contest_add": Service("need.contest", f"{LISTED} done"),
    "contest_answer": Service("contest.answer", ALL),
    "memory_seen": Service("memory.seen", ALL),
    "version_adopt": Service("version.adopt"),
}


def refusal(action: str, role: str, *, ban: str = "none", seen: bool = True) -> str:
    """The code someone with this role must get, or "" where they may. `seen`: whether the need
    came on the agenda; `ban`: none, here (a room of the neighbourhood), elsewhere, everywhere."""
    rule = ACTIONS[action]
    if not seen and role not in SEES_ALL.split():
        return "no_need"
    if role not in rule.who.split():
        return "signed_out" if role in ("visitor", "display") else "not_allowed"
    holds = {"none": "", "everywhere": "everywhere", "room": "everywhere here"}[rule.ban]
    return "banned" if ban in holds.split() else ""
