"""Badges, and the actor a command sees."""

from datetime import timedelta

import pytest

from deliberation.people.actors import VISITOR, Actor
from deliberation.people.roles import STAFF_ROLES, Role, badge_of
from tests.fakes import EVENING

EXPECTED = {
    Role.VISITOR: None,
    Role.RESIDENT: None,
    Role.DISPLAY: None,
    Role.MANAGER: "manager",
    Role.OFFICIAL: "official",
    Role.COUNCIL: "council",
    Role.ADMINISTRATOR: "administrator",
}


@pytest.mark.parametrize("role", Role)
def test_each_role_has_the_badge_that_was_decided(role: Role) -> None:
    assert badge_of(frozenset({role, Role.RESIDENT})) == EXPECTED[role]


def test_who_speaks_for_the_municipality_is_shown_as_such_first() -> None:
    assert badge_of(frozenset({Role.MANAGER, Role.OFFICIAL})) == "official"
    assert badge_of(frozenset({Role.MANAGER, Role.ADMINISTRATOR})) == "manager"


def test_only_roles_that_need_a_second_factor_are_given_out() -> None:
    assert set(STAFF_ROLES) == set(Role) - {Role.VISITOR, Role.RESIDENT, Role.DISPLAY}


def test_only_managers_and_administrators_see_the_staff_stream() -> None:
    seeing = {role for role in Role if Actor(1, roles=frozenset({role})).is_staff}
    assert seeing == {Role.MANAGER, Role.ADMINISTRATOR}


def test_the_longest_ban_counts_and_only_where_it_holds() -> None:
    soon, later = EVENING + timedelta(hours=1), EVENING + timedelta(days=1)
    actor = Actor(1, bans={"plein": soon, "": later, "hof": EVENING + timedelta(days=9)})
    assert actor.banned_until("plein") == later
    assert actor.banned_until("elders") == later
    assert Actor(1, bans={"plein": soon}).banned_until("elders") is None


def test_a_visitor_signs_nothing() -> None:
    with pytest.raises(ValueError, match="visitor"):
        VISITOR.author()
