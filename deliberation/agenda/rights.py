"""Who may do what with needs. One table; an action that is not in it fails.

Pure: no data. `access` applies it, the tests generate every combination from it.
"""

from dataclasses import dataclass
from enum import StrEnum

from deliberation.people.roles import Role


class Action(StrEnum):
    READ = "need.read"
    SUPPORT = "need.support"
    FOLLOW = "need.follow"
    PROPOSE = "need.propose"
    CONTEST = "need.contest"
    REVIEW = "need.review"
    PLACE = "need.place"
    ASK = "need.ask"
    CLOSE = "need.close"
    REOPEN = "need.reopen"
    ANSWER = "need.answer"
    PROGRESS = "need.progress"
    EXTEND = "need.extend"
    CONTEST_ANSWER = "contest.answer"
    ADOPT = "version.adopt"
    MEMORY = "memory.seen"


_EVERYONE = frozenset(Role)
_RESIDENTS = frozenset({Role.RESIDENT})
_MANAGERS = frozenset({Role.MANAGER, Role.ADMINISTRATOR})
_OFFICIALS = frozenset({Role.OFFICIAL, Role.ADMINISTRATOR})


class Ban(StrEnum):
    """Which ban takes a right away: none, only one from everywhere, or also one from a room."""

    NONE = "none"
    EVERYWHERE = "everywhere"
    ROOM = "room"


@dataclass(frozen=True)
class Rule:
    """`roles` may. `ban`: what takes it away."""

    roles: frozenset[Role]
    ban: Ban = Ban.ROOM


RIGHTS: dict[Action, Rule] = {
    Action.READ: Rule(_EVERYONE, ban=Ban.NONE),
    # Words are kept from a room by a ban; agreeing with a need adds none.
    Action.SUPPORT: Rule(_RESIDENTS, ban=Ban.EVERYWHERE),
    # To be told of an answer is never taken away.
    Action.FOLLOW: Rule(_RESIDENTS, ban=Ban.NONE),
    # The written way onto the agenda stays open to everyone; a person looks at it first.
    Action.PROPOSE: Rule(_RESIDENTS, ban=Ban.NONE),
    Action.CONTEST: Rule(_RESIDENTS, ban=Ban.EVERYWHERE),
    Action.REVIEW: Rule(_MANAGERS),
    # By the municipality, and labelled so.
    Action.PLACE: Rule(_OFFICIALS | _MANAGERS),
    Action.ASK: Rule(_MANAGERS),
    Action.CLOSE: Rule(_MANAGERS),
    Action.REOPEN: Rule(_MANAGERS),
    Action.ANSWER: Rule(_OFFICIALS),
    Action.PROGRESS: Rule(_OFFICIALS | _MANAGERS),
    Action.EXTEND: Rule(_OFFICIALS),
    Action.CONTEST_ANSWER: Rule(_OFFICIALS | _MANAGERS),
    Action.ADOPT: Rule(_MANAGERS),
    Action.MEMORY: Rule(_MANAGERS),
}


def role_allows(roles: frozenset[Role], action: Action) -> bool:
    return bool(RIGHTS[action].roles & roles)
