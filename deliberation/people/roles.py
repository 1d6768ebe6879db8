"""The roles of people.md. Pure: no data, no Django models."""

from collections.abc import Collection
from enum import StrEnum

from deliberation.protocol.shapes import Badge


class Role(StrEnum):
    VISITOR = "visitor"
    RESIDENT = "resident"
    MANAGER = "manager"
    OFFICIAL = "official"
    COUNCIL = "council"
    DISPLAY = "display"
    ADMINISTRATOR = "administrator"


# Given by an administrator to a person who signs in with a second factor.
STAFF_ROLES = (Role.ADMINISTRATOR, Role.MANAGER, Role.OFFICIAL, Role.COUNCIL)


def staff_roles(words: Collection[str]) -> frozenset[Role]:
    """The staff roles among `words`; unknown words count for nothing."""
    return frozenset(role for role in STAFF_ROLES if role in words)


_BADGES: dict[Role, Badge] = {
    Role.OFFICIAL: "official",
    Role.COUNCIL: "council",
    Role.MANAGER: "manager",
    Role.ADMINISTRATOR: "administrator",
}


def badge_of(roles: frozenset[Role]) -> Badge | None:
    """The badge shown behind a name: the one that says most about whom you talk with."""
    return next((badge for role, badge in _BADGES.items() if role in roles), None)
