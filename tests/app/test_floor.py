"""Who has the floor: the hall and online in turn, whoever asked longest ago first."""

from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from deliberation.people.models import Person
from rooms.floor import next_turn
from rooms.models import Meeting, Room, Turn
from rooms.privacy.erasing import erase
from rooms.selectors import snapshot
from rooms.services import (
    floor_add,
    floor_ask,
    floor_drop,
    floor_end,
    floor_leave,
    floor_next,
    floor_set,
    meeting_close,
)
from tests import given
from tests.doing import do, refused, verified
from tests.fakes import EVENING

SIDES = st.sampled_from(["hall", "online"])


class One(NamedTuple):
    where: str


# The rule


@every(st.lists(SIDES, max_size=30), st.sampled_from(["", "hall", "online"]))
def test_while_both_sides_wait_they_alternate_and_nobody_is_passed_over(
    sides: list[str], last: str
) -> None:
    waiting = [(place, One(where)) for place, where in enumerate(sides)]
    while (place := next_turn([one for _, one in waiting], last)) is not None:
        both = {one.where for _, one in waiting} == {"hall", "online"}
        number, chosen = waiting.pop(place)
        assert not (both and last) or chosen.where != last
        assert all(one.where != chosen.where or number < other for other, one in waiting)
        last = chosen.where
    assert not waiting


# The services


pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def mieke() -> Person:
    return given.a_manager("Mieke")


@pytest.fixture
def meeting(room: Room, mieke: Person) -> Meeting:
    found = given.a_meeting(room, "open")
    fields = {"meeting": found.pk, "open": True, "seconds": 90}
    verified(floor_set, by=mieke, room=room, **fields)
    return found


def act(service: Any, meeting: Meeting, by: Person, **fields: Any) -> None:
    verified(service, by=by, room=meeting.room, meeting=meeting.pk, **fields)


def names(room: Room) -> list[str]:
    """Who has the floor, with a star, and who waits."""
    turns = snapshot(room).meetings[0].floor.turns
    return [(t.author.name if t.author else t.name) + "*" * bool(t.started_at) for t in turns]


def test_two_in_the_hall_do_not_talk_the_other_side_away(
    room: Room, meeting: Meeting, mieke: Person
) -> None:
    for name in ("Truus", "Karel"):
        act(floor_add, meeting, mieke, name=name)
    act(floor_ask, meeting, given.a_resident("Anna"))
    act(floor_next, meeting, mieke)
    assert names(room) == ["Truus*", "Karel", "Anna"]
    act(floor_next, meeting, mieke, at=EVENING + timedelta(minutes=1))
    assert names(room) == ["Karel", "Anna*"]
    act(floor_end, meeting, mieke)
    assert names(room) == ["Karel"]


def test_one_asks_once_at_a_time(room: Room, meeting: Meeting, mieke: Person) -> None:
    anna = given.a_resident("Anna")
    act(floor_ask, meeting, anna)
    refused(floor_ask, "asked", by=anna, room=room, meeting=meeting.pk)
    act(floor_next, meeting, mieke)
    act(floor_end, meeting, mieke)
    act(floor_ask, meeting, anna)


def test_nobody_asks_where_it_is_not_open(room: Room, meeting: Meeting, mieke: Person) -> None:
    act(floor_set, meeting, mieke, open=False, seconds=90)
    wanted = {"room": room, "meeting": meeting.pk}
    refused(floor_ask, "floor_closed", by=given.a_resident("Anna"), **wanted)
    for seconds in (14, 601):
        refused(floor_set, "bad_seconds", by=mieke, **wanted, open=True, seconds=seconds)
    refused(floor_next, "nobody", by=mieke, **wanted)
    refused(floor_end, "nobody", by=mieke, **wanted)
    refused(floor_add, "name_staff", by=mieke, **wanted, name="De burgemeester")


def test_one_leaves_ones_own_place_and_a_manager_drops_anyones(
    room: Room, meeting: Meeting, mieke: Person
) -> None:
    anna, bert = given.a_resident("Anna"), given.a_resident("Bert")
    for person in (anna, bert):
        act(floor_ask, meeting, person)
    act(floor_leave, meeting, anna)
    refused(floor_leave, "no_turn", by=anna, room=room, meeting=meeting.pk)
    turn = Turn.objects.get()
    act(floor_drop, meeting, mieke, turn=turn.pk)
    refused(floor_drop, "no_turn", by=mieke, room=room, meeting=meeting.pk, turn=turn.pk)


def test_a_full_queue_says_what_to_do(room: Room, meeting: Meeting, mieke: Person) -> None:
    Turn.objects.bulk_create(
        Turn(meeting=meeting, where="hall", asked_at=EVENING) for _ in range(100)
    )
    refused(floor_add, "too_many", by=mieke, room=room, meeting=meeting.pk)


def test_with_the_meeting_the_queue_ends(room: Room, meeting: Meeting, mieke: Person) -> None:
    for _ in range(2):
        act(floor_add, meeting, mieke)
    act(floor_next, meeting, mieke)
    act(meeting_close, meeting, mieke)
    assert Turn.objects.get().ended_at == EVENING


def test_who_is_erased_leaves_no_name_in_the_queue(room: Room, meeting: Meeting) -> None:
    anna = given.a_resident("Anna")
    act(floor_ask, meeting, anna)
    erase(actor=given.acting(anna), at=EVENING)
    assert names(room) == [""]
    do(floor_ask, by=given.a_resident("Bert"), room=room, meeting=meeting.pk)
