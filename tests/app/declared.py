"""What was decided about rights, in the words of people.md and issue 2; not read from the code.

A role, action, mode, state, command or service that has no place here fails the tests.
"""

from dataclasses import dataclass

ROLES = "visitor resident manager official council display administrator"
MODES = "open slow checked read_only frozen"
# Taking part: everyone with a name. Staff take part as residents do, with a badge.
TAKES_PART = "resident manager official council administrator"
KEEPS_ORDER = "manager administrator"


@dataclass(frozen=True)
class Declared:
    """`who` may, in `modes`; who keeps order may also in `more_modes`. `banned`: even then."""

    who: str
    modes: str = MODES
    more_modes: str = ""
    banned: bool = False
    own: bool = False


ACTIONS = {
    # Reading is for everyone, in every mode, whatever else someone lost.
    "room.read": Declared(ROLES, banned=True),
    "room.read_staff": Declared(KEEPS_ORDER),
    # Writing stops in read-only rooms, but managers can still explain why; frozen is frozen.
    "message.post": Declared(TAKES_PART, "open slow checked", "read_only"),
    # A title can't wait to be read, as a message can.
    "thread.open": Declared(TAKES_PART, "open slow", "checked read_only"),
    "message.edit": Declared(TAKES_PART, "open slow checked", "read_only", own=True),
    # One's own words can always be taken back.
    "message.retract": Declared(TAKES_PART, banned=True, own=True),
    # A stance adds no words, so read-only leaves it.
    "stance.take": Declared(TAKES_PART, "open slow checked read_only"),
    # Keeping order never waits for a mode: it is how order is kept.
    "message.hide": Declared(KEEPS_ORDER),
    "message.restore": Declared(KEEPS_ORDER),
    "thread.rename": Declared(KEEPS_ORDER),
    "thread.move": Declared(KEEPS_ORDER),
    "thread.merge": Declared(KEEPS_ORDER),
    "thread.close": Declared(KEEPS_ORDER),
    "thread.reopen": Declared(KEEPS_ORDER),
    "message.move": Declared(KEEPS_ORDER),
    "thread.limit": Declared(KEEPS_ORDER),
    "thread.pin": Declared(KEEPS_ORDER),
    "room.mode": Declared(KEEPS_ORDER),
    "meeting.plan": Declared(KEEPS_ORDER),
    "meeting.show": Declared(KEEPS_ORDER),
    "meeting.blank": Declared(KEEPS_ORDER),
    "meeting.sort": Declared(KEEPS_ORDER),
    "meeting.screening": Declared(KEEPS_ORDER),
    "floor.set": Declared(KEEPS_ORDER),
    "floor.ask": Declared(TAKES_PART, "open slow checked", "read_only"),
    "floor.add": Declared(KEEPS_ORDER),
    "floor.next": Declared(KEEPS_ORDER),
    "floor.end": Declared(KEEPS_ORDER),
    "floor.drop": Declared(KEEPS_ORDER),
    # One's own place in a queue can always be given up.
    "floor.leave": Declared(TAKES_PART, banned=True),
    "poll.new": Declared(KEEPS_ORDER),
    "poll.open": Declared(KEEPS_ORDER),
    "poll.close": Declared(KEEPS_ORDER),
    "poll.hands": Declared(KEEPS_ORDER),
    "poll.drop": Declared(KEEPS_ORDER),
    "poll.vote": Declared(TAKES_PART, "open slow checked read_only"),
    # What is said in the hall is written as residents write: where that stops, so does this.
    "hall.note": Declared(KEEPS_ORDER, "open slow checked"),
    "hall.correct": Declared(KEEPS_ORDER, "open slow checked"),
    "hall.withdraw": Declared(KEEPS_ORDER),
    "room.charter": Declared(KEEPS_ORDER),
    "person.ban": Declared(KEEPS_ORDER),
    "person.unban": Declared(KEEPS_ORDER),
    # Telling that something is wrong is open to everyone with a name, whatever else they lost.
    "message.report": Declared(TAKES_PART, banned=True),
    "case.handle": Declared(KEEPS_ORDER),
    # Asking for another look is open to whom it concerns, whatever else they lost.
    "appeal.make": Declared(TAKES_PART, banned=True),
    "appeal.decide": Declared(KEEPS_ORDER),
}

# What each service needs. A command has the name of its action.
SERVICES = {
    "message_post": "message.post",
    "message_edit": "message.edit",
    "message_retract": "message.retract",
    "stance_take": "stance.take",
    "thread_open": "thread.open",
    "thread_rename": "thread.rename",
    "thread_move": "thread.move",
    "thread_merge": "thread.merge",
    "thread_close": "thread.close",
    "thread_reopen": "thread.reopen",
    "message_move": "message.move",
    "thread_limit": "thread.limit",
    "thread_pin": "thread.pin",
    "silent_invite": "thread.limit",
    "room_mode": "room.mode",
    "meeting_plan": "meeting.plan",
    "meeting_open": "meeting.plan",
    "meeting_close": "meeting.plan",
    "meeting_show": "meeting.show",
    "meeting_blank": "meeting.blank",
    "meeting_sort": "meeting.sort",
    "meeting_screening": "meeting.screening",
    "floor_set": "floor.set",
    "floor_ask": "floor.ask",
    "floor_add": "floor.add",
    "floor_next": "floor.next",
    "floor_end": "floor.end",
    "floor_leave": "floor.leave",
    "floor_drop": "floor.drop",
    "poll_new": "poll.new",
    "poll_open": "poll.open",
    "poll_close": "poll.close",
    "poll_hands": "poll.hands",
    "poll_drop": "poll.drop",
    "poll_vote": "poll.vote",
    "hall_note": "hall.note",
    "hall_correct": "hall.correct",
    "hall_withdraw": "hall.withdraw",
    "meeting_hand_over": "meeting.plan",
    "meeting_take_over": "meeting.plan",
    "agreement_add": "meeting.plan",
    "agreement_drop": "meeting.plan",
    "screen_new": "meeting.plan",
    "screen_revoke": "meeting.plan",
    "room_new": "room.charter",
    "room_charter": "room.charter",
    "starter_plan": "room.charter",
    "starter_drop": "room.charter",
    "starters_start": "room.charter",
    "room_open": "room.charter",
    "rules_adopt": "room.charter",
    "modes_expire": "room.mode",
    "message_hide": "message.hide",
    "message_redact": "message.hide",
    "message_restore": "message.restore",
    "person_ban": "person.ban",
    "person_unban": "person.unban",
    "ban_keep": "person.ban",
    "appeal_make": "appeal.make",
    "appeal_decide": "appeal.decide",
    "message_report": "message.report",
    "case_claim": "case.handle",
    "case_release": "case.handle",
    "case_leave": "case.handle",
    "case_ask": "case.handle",
    "hearing_answer": "appeal.make",
    "case_note": "case.handle",
    "case_reopen": "case.handle",
    "case_warn": "case.handle",
    "proposal_agree": "case.handle",
    "proposal_refuse": "case.handle",
    "decision_undo": "case.handle",
}

# What comes of it for someone with the right, by the state of what it is about.
MESSAGES = "shown late retracted hidden erased in_closed in_merged moved"
THREADS = "open closed merged moved elsewhere"
ALL_GONE = {"retracted": "gone", "hidden": "gone", "erased": "gone", "moved": "no_message"}
ENDED = {"closed": "thread_closed", "merged": "thread_closed", "moved": "thread_closed"}
MEETINGS = {"planned": "", "going_on": "", "over": "over", "in_hof": "no_meeting"}
POLLS = {"prepared": "", "open": "", "closed": "", "in_hof": "no_poll"}
IN_HALL = {"just_now": "", "ten_minutes_ago": "too_late", "written_online": "not_hall"}
NOT_IN_DRAFTS = {"hall.note", "hall.correct", "hall.withdraw"}  # there is no meeting in them
OBJECTS: dict[str, dict[str, str]] = {
    "message.edit": {"shown": "", "late": "too_late", "in_closed": "", "in_merged": ""} | ALL_GONE,
    "message.retract": {"shown": "", "late": "", "in_closed": "", "in_merged": ""} | ALL_GONE,
    "message.hide": {"shown": "", "late": "", "in_closed": "", "in_merged": ""} | ALL_GONE,
    "stance.take": {"shown": "", "late": "", "in_closed": "", "in_merged": ""} | ALL_GONE,
    "message.restore": dict.fromkeys(
        ["shown", "late", "retracted", "erased", "in_closed", "in_merged"], "not_hidden"
    )
    | {"hidden": "", "moved": "no_message"},
    "message.post": {"open": "", "elsewhere": "no_thread"} | ENDED,
    "thread.rename": {"open": "", "elsewhere": "no_thread"} | ENDED,
    "thread.move": {"open": "", "elsewhere": "no_thread"} | ENDED,
    "thread.merge": {"open": "", "elsewhere": "no_thread"} | ENDED,
    "thread.close": {"open": "", "elsewhere": "no_thread"} | ENDED,
    "thread.reopen": {
        "open": "not_closed",
        "closed": "",
        "merged": "not_closed",
        "moved": "not_closed",
        "elsewhere": "no_thread",
    },
    "thread.open": {"nothing": ""},
    "room.mode": {"nothing": ""},
    "meeting.show": MEETINGS,
    "meeting.blank": MEETINGS,
    "meeting.sort": MEETINGS,
    "meeting.screening": MEETINGS,
    "floor.set": MEETINGS,
    "floor.ask": MEETINGS | {"planned": "floor_closed"},
    "floor.add": MEETINGS,
    "floor.next": MEETINGS | {"planned": "nobody"},
    "floor.end": MEETINGS | {"planned": "nobody"},
    "floor.leave": MEETINGS | {"planned": "no_turn"},
    "floor.drop": {"waits": "", "was_left": "no_turn"},
    "poll.new": MEETINGS,
    "poll.open": POLLS,
    "poll.close": POLLS | {"prepared": "poll_closed", "closed": "poll_closed"},
    "poll.hands": POLLS | {"prepared": "poll_closed"},
    "poll.drop": POLLS | {"open": "asked_already", "closed": "asked_already"},
    "poll.vote": POLLS | {"prepared": "poll_closed", "closed": "poll_closed"},
    "hall.note": MEETINGS,
    "hall.correct": IN_HALL,
    "hall.withdraw": IN_HALL,
    "person.ban": {"resident": "", "banned": "", "staff": "no_person"},
    "person.unban": {"resident": "not_banned", "banned": "", "staff": "no_person"},
}


def refusal(
    action: str,
    role: str,
    *,
    mode: str,
    ended: bool,
    draft: bool,
    banned: bool,
    own: bool,
) -> str:
    """The code someone with this role must get, or "" where they may."""
    rule = ACTIONS[action]
    if draft and role not in KEEPS_ORDER.split():
        return "no_room"
    if role not in rule.who.split():
        return "signed_out" if role in ("visitor", "display") else "not_allowed"
    if banned and not rule.banned:
        return "banned"
    more = rule.more_modes if role in KEEPS_ORDER.split() else ""
    if not ended and mode not in f"{rule.modes} {more}".split():
        return mode
    return "not_yours" if rule.own and not own else ""
