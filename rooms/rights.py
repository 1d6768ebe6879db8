"""Who may do what, in which mode of the room. One table; an action that is not in it fails.

Pure: no data. `rooms.access` applies it, the tests generate every combination from it.
"""

from dataclasses import dataclass
from enum import StrEnum

from deliberation.people.roles import Role

from .models.room import Mode


class Action(StrEnum):
    """The value is the name of the command it allows, where there is one."""

    READ = "room.read"
    READ_STAFF = "room.read_staff"
    POST = "message.post"
    EDIT = "message.edit"
    RETRACT = "message.retract"
    HIDE = "message.hide"
    RESTORE = "message.restore"
    STANCE = "stance.take"
    THREAD_OPEN = "thread.open"
    THREAD_RENAME = "thread.rename"
    THREAD_MOVE = "thread.move"
    THREAD_MERGE = "thread.merge"
    THREAD_CLOSE = "thread.close"
    THREAD_REOPEN = "thread.reopen"
    MESSAGE_MOVE = "message.move"
    THREAD_LIMIT = "thread.limit"
    THREAD_PIN = "thread.pin"
    MODE = "room.mode"
    MEETING_PLAN = "meeting.plan"
    MEETING_SHOW = "meeting.show"
    MEETING_BLANK = "meeting.blank"
    MEETING_SORT = "meeting.sort"
    MEETING_SCREENING = "meeting.screening"
    FLOOR_SET = "floor.set"
    FLOOR_ASK = "floor.ask"
    FLOOR_ADD = "floor.add"
    FLOOR_NEXT = "floor.next"
    FLOOR_END = "floor.end"
    FLOOR_LEAVE = "floor.leave"
    FLOOR_DROP = "floor.drop"
    POLL_NEW = "poll.new"
    POLL_OPEN = "poll.open"
    POLL_CLOSE = "poll.close"
    POLL_HANDS = "poll.hands"
    POLL_DROP = "poll.drop"
    POLL_VOTE = "poll.vote"
    HALL_NOTE = "hall.note"
    HALL_CORRECT = "hall.correct"
    HALL_WITHDRAW = "hall.withdraw"
    CHARTER = "room.charter"
    BAN = "person.ban"
    UNBAN = "person.unban"
    REPORT = "message.report"
    CASE = "case.handle"
    APPEAL = "appeal.make"
    APPEAL_DECIDE = "appeal.decide"


ALL_MODES = frozenset(Mode)
WRITING_MODES = frozenset({Mode.OPEN, Mode.SLOW, Mode.CHECKED})
_UNFROZEN = ALL_MODES - {Mode.FROZEN}
_EVERYONE = frozenset(Role)
_RESIDENTS = frozenset({Role.RESIDENT})
_MANAGERS = frozenset({Role.MANAGER, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Rule:
    """`roles` may, while the room is in one of `modes`; `staff_modes` widens that for managers.

    `own`: only with what is one's own. `banned`: a ban does not take this away.
    """

    roles: frozenset[Role]
    modes: frozenset[Mode] = ALL_MODES
    staff_modes: frozenset[Mode] = frozenset()
    own: bool = False
    banned: bool = False


RIGHTS: dict[Action, Rule] = {
    Action.READ: Rule(_EVERYONE, banned=True),
    Action.READ_STAFF: Rule(_MANAGERS),
    Action.POST: Rule(_RESIDENTS, WRITING_MODES, staff_modes=_UNFROZEN),
    Action.EDIT: Rule(_RESIDENTS, WRITING_MODES, staff_modes=_UNFROZEN, own=True),
    # Taking back one's own words is never blocked, whatever else is.
    Action.RETRACT: Rule(_RESIDENTS, own=True, banned=True),
    Action.STANCE: Rule(_RESIDENTS, _UNFROZEN),
    # A title is public at once, so where everything is read first it waits for a manager.
    Action.THREAD_OPEN: Rule(_RESIDENTS, WRITING_MODES - {Mode.CHECKED}, staff_modes=_UNFROZEN),
    Action.HIDE: Rule(_MANAGERS),
    Action.RESTORE: Rule(_MANAGERS),
    Action.THREAD_RENAME: Rule(_MANAGERS),
    Action.THREAD_MOVE: Rule(_MANAGERS),
    Action.THREAD_MERGE: Rule(_MANAGERS),
    Action.THREAD_CLOSE: Rule(_MANAGERS),
    Action.THREAD_REOPEN: Rule(_MANAGERS),
    Action.MESSAGE_MOVE: Rule(_MANAGERS),
    Action.THREAD_LIMIT: Rule(_MANAGERS),
    Action.THREAD_PIN: Rule(_MANAGERS),
    Action.MODE: Rule(_MANAGERS),
    Action.MEETING_PLAN: Rule(_MANAGERS),
    Action.MEETING_SHOW: Rule(_MANAGERS),
    Action.MEETING_BLANK: Rule(_MANAGERS),
    Action.MEETING_SORT: Rule(_MANAGERS),
    Action.MEETING_SCREENING: Rule(_MANAGERS),
    Action.FLOOR_SET: Rule(_MANAGERS),
    Action.FLOOR_ASK: Rule(_RESIDENTS, WRITING_MODES, staff_modes=_UNFROZEN),
    Action.FLOOR_ADD: Rule(_MANAGERS),
    Action.FLOOR_NEXT: Rule(_MANAGERS),
    Action.FLOOR_END: Rule(_MANAGERS),
    Action.FLOOR_DROP: Rule(_MANAGERS),
    # Whoever may not write any more can still say that they need not speak.
    Action.FLOOR_LEAVE: Rule(_RESIDENTS, banned=True),
    Action.POLL_NEW: Rule(_MANAGERS),
    Action.POLL_OPEN: Rule(_MANAGERS),
    Action.POLL_CLOSE: Rule(_MANAGERS),
    Action.POLL_HANDS: Rule(_MANAGERS),
    Action.POLL_DROP: Rule(_MANAGERS),
    Action.POLL_VOTE: Rule(_RESIDENTS, _UNFROZEN),
    Action.HALL_NOTE: Rule(_MANAGERS, WRITING_MODES),
    Action.HALL_CORRECT: Rule(_MANAGERS, WRITING_MODES),
    Action.HALL_WITHDRAW: Rule(_MANAGERS),
    Action.CHARTER: Rule(_MANAGERS),
    Action.BAN: Rule(_MANAGERS),
    Action.UNBAN: Rule(_MANAGERS),
    # Telling that something is wrong is never blocked, whatever else is; nor is asking again.
    Action.REPORT: Rule(_RESIDENTS, banned=True),
    Action.CASE: Rule(_MANAGERS),
    Action.APPEAL: Rule(_RESIDENTS, banned=True),
    Action.APPEAL_DECIDE: Rule(_MANAGERS),
}


def role_allows(roles: frozenset[Role], action: Action) -> bool:
    return bool(RIGHTS[action].roles & roles)


def mode_allows(roles: frozenset[Role], action: Action, mode: Mode) -> bool:
    """Whether the room's mode leaves room for this action by these roles."""
    rule = RIGHTS[action]
    return mode in (rule.modes | rule.staff_modes if roles & _MANAGERS else rule.modes)
