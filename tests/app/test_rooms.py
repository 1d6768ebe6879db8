"""Rooms: a draft, a charter, the door, and the mode."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from deliberation.eventlog.refs import Done
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused
from rooms.models import Charter, Room
from rooms.selectors import snapshot
from rooms.services import (
    message_post,
    modes_expire,
    room_charter,
    room_mode,
    room_new,
    room_open,
    thread_open,
)
from rooms.services.locked import as_it_stands
from tests import given
from tests.doing import do, refused, verified
from tests.fakes import EVENING, Clock
from tests.given import A_CHARTER, acting
from tests.verify import everything, fresh, verify_change

pytestmark = pytest.mark.django_db
TOMORROW = EVENING + timedelta(days=1)


def new(by: Any, **fields: Any) -> Room:
    wanted = {"slug": "plein", "title": "Het plein", "charter": A_CHARTER} | fields
    return room_new(actor=acting(by), neighbourhood=given.a_neighbourhood(), **wanted)


def opened(*, ref: object, **fields: Any) -> Done:
    """`room_open` in the shape of the others: opening twice needs no reference."""
    return room_open(**fields)


def chartered(*, ref: object, charter: dict[str, str] | None = None, **fields: Any) -> Room:
    return room_charter(charter=charter or {}, **fields)


def test_a_manager_makes_a_draft_that_nobody_else_sees() -> None:
    room = new(given.a_manager(), title=" Het  plein ", introduction="Welkom")
    assert (room.title, room.opened_at, room.charter.question) == (
        "Het plein",
        None,
        A_CHARTER["question"],
    )
    head = snapshot(fresh(room))
    assert head.head == 0
    assert len(head.epoch) == 32


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "empty"),
        ({"title": "x" * 121}, "too_long"),
        ({"slug": "bezet"}, "taken"),
        ({"slug": "niet zo"}, "bad_address"),
        ({"slug": "a/b"}, "bad_address"),
        ({"slug": ""}, "bad_address"),
        ({"slug": "x" * 61}, "bad_address"),
        ({"charter": {"influence": "veel"}}, "no_influence"),
        ({"charter": {"house_rules": "x" * 41}}, "too_long"),
        ({"charter": {"purpose": "x" * 2001}}, "too_long"),
    ],
)
def test_a_room_that_is_not_right_is_not_made(fields: dict[str, Any], code: str) -> None:
    manager = given.a_manager()
    given.a_room("bezet")
    before = everything()
    with pytest.raises(Refused) as no:
        new(manager, **fields)
    assert (no.value.code, everything()) == (code, before)


def test_only_a_manager_makes_a_room() -> None:
    for person in (None, given.a_resident(), given.an_official(), given.a_council_member()):
        with pytest.raises(Refused, match="not_allowed"):
            new(person)
    assert not Room.objects.exists()


def test_opening_tells_everyone_what_to_expect() -> None:
    room, manager = given.a_draft(), given.a_manager()
    verified(opened, by=manager, room=room)
    view = snapshot(fresh(room)).room
    assert view.charter is not None
    assert view.charter.question == A_CHARTER["question"]
    with verify_change(room, changes=False):
        do(opened, by=manager, room=room)


@pytest.mark.parametrize("name", Charter.FIELDS)
def test_a_room_with_an_empty_field_in_its_charter_stays_closed(name: str) -> None:
    room, manager = given.a_draft(**{name: "  "}), given.a_manager()
    no = refused(opened, "charter_incomplete", by=manager, room=room)
    assert no.values["fields"] == [Charter._meta.get_field(name).verbose_name]
    do(chartered, by=manager, room=room, charter={name: A_CHARTER[name]})
    verified(opened, by=manager, room=room)


def test_the_charter_of_an_open_room_changes_but_stays_complete() -> None:
    room, manager = given.a_room(), given.a_manager()
    verified(chartered, by=manager, room=room, charter={"question": "Wat nu?"}, title="De hof")
    view = snapshot(fresh(room)).room
    assert view.charter is not None
    assert (view.charter.question, view.title) == ("Wat nu?", "De hof")
    wanted = {"by": manager, "room": room}
    refused(chartered, "charter_incomplete", **wanted, charter={"purpose": ""}, title="Anders")
    refused(chartered, "empty", **wanted, charter={"purpose": "Anders"}, title=" ")
    refused(chartered, "no_influence", **wanted, charter={"influence": "veel"})
    refused(chartered, "too_long", **wanted, charter={"house_rules": "x" * 41})


def test_a_refused_charter_leaves_no_trace_in_the_room_at_hand() -> None:
    room = fresh(given.a_room())
    with pytest.raises(Refused, match="charter_incomplete"):
        room_charter(
            actor=acting(given.a_manager()), room=room, charter={"purpose": ""}, at=EVENING
        )
    assert room.view() == fresh(room).view()


def test_the_charter_of_a_draft_may_be_emptied_and_its_managers_see_it() -> None:
    room = given.a_draft()
    verified(chartered, by=given.a_manager(), room=room, charter={"purpose": ""})
    assert fresh(room).charter.missing() == ["purpose"]


def test_residents_change_neither_charter_nor_mode() -> None:
    room = given.a_room()
    for person in (given.a_resident(), given.an_official(), given.a_council_member()):
        refused(chartered, "not_allowed", by=person, room=room, charter={"purpose": "x"})
        refused(room_mode, "not_allowed", by=person, room=room, mode="open")
    refused(chartered, "signed_out", by=None, room=room)
    refused(opened, "no_room", by=given.a_resident(), room=given.a_draft())


@pytest.mark.parametrize("mode", ["slow", "checked", "read_only", "frozen"])
def test_a_mode_has_a_reason_an_end_and_a_pace(mode: str) -> None:
    room, manager = given.a_room(), given.a_manager()
    wanted = {"mode": mode, "reason": "Ruzie.", "until": TOMORROW, "slow_seconds": 30}
    wanted["basis"] = "Artikel 175 Gemeentewet"
    verified(room_mode, by=manager, room=room, **wanted)
    view = snapshot(fresh(room)).room
    assert (view.mode, view.mode_reason, view.mode_until) == (mode, "Ruzie.", TOMORROW)
    assert view.slow_seconds == (30 if mode == "slow" else 0)
    assert view.mode_basis == ("Artikel 175 Gemeentewet" if mode == "checked" else None)
    verified(room_mode, by=manager, room=room, mode="open")
    view = snapshot(fresh(room)).room
    assert (view.mode, view.mode_reason, view.mode_until, view.slow_seconds) == (
        "open",
        None,
        None,
        0,
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"reason": " "}, "empty"),
        ({"reason": "x" * 501}, "too_long"),
        ({"until": None}, "no_end"),
        ({"until": EVENING}, "no_end"),
        ({"until": EVENING - timedelta(seconds=1)}, "no_end"),
        ({"until": datetime.fromisoformat("9999-12-31T23:59:59-23:59")}, "no_end"),
        ({"until": datetime.fromisoformat("0001-01-01T00:00:00+23:59")}, "no_end"),
        ({"slow_seconds": 4}, "no_pace"),
        ({"slow_seconds": 3601}, "no_pace"),
        ({"mode": "checked"}, "no_basis"),
        ({"mode": "checked", "basis": "  "}, "no_basis"),
        ({"mode": "checked", "basis": "x" * 501}, "too_long"),
    ],
)
def test_a_mode_without_one_of_these_is_refused(fields: dict[str, Any], code: str) -> None:
    wanted = {"mode": "slow", "reason": "Ruzie.", "until": TOMORROW, "slow_seconds": 30} | fields
    refused(room_mode, code, by=given.a_manager(), room=given.a_room(), **wanted)


def test_what_has_ended_is_over_even_before_the_log_says_so(clock: Clock) -> None:
    room = given.a_mode(given.a_room(), "frozen", until=EVENING + timedelta(minutes=5))
    wanted = {"title": "Licht", "kind": "need", "body": "Donker."}
    refused(thread_open, "frozen", by=given.a_resident(), room=room, **wanted, at=clock())
    verified(thread_open, by=given.a_resident(), room=room, **wanted, at=clock.forward(minutes=5))


def test_modes_that_ended_are_opened_once(clock: Clock) -> None:
    soon, later = EVENING + timedelta(minutes=5), EVENING + timedelta(hours=5)
    over = [given.a_mode(given.a_room(), mode, until=soon) for mode in ("frozen", "slow")]
    busy, free = given.a_mode(given.a_room(), "read_only", until=later), given.a_room()
    keeper = acting(given.a_manager())
    assert modes_expire(actor=keeper, at=clock()) == 0
    clock.forward(minutes=5)
    with verify_change(*over) as told:
        assert modes_expire(actor=keeper, at=clock()) == 2
    assert [told[room.pk].kinds for room in over] == [["room.mode"]] * 2
    with verify_change(*over, busy, free, changes=False):
        assert modes_expire(actor=keeper, at=clock()) == 0


def test_a_form_meets_the_room_as_it_stands_when_it_is_carried_out() -> None:
    room = given.a_room()
    thread, seen = given.a_thread(room).pk, fresh(room)
    given.a_mode(room, "frozen")
    fatima = given.acting(given.a_resident())
    wanted = {"actor": fatima, "room": seen, "ref": new_ref(), "thread": thread, "at": EVENING}
    with pytest.raises(Refused) as refused:
        as_it_stands(seen, lambda: message_post(**wanted, body="Net te laat"))
    assert refused.value.code == "frozen"
