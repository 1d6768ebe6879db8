"""A meeting about a room: planned, run, over; and what its screens show."""

import random
from datetime import timedelta
from typing import Any

import pytest

from deliberation.people.models import Person
from deliberation.protocol.shapes import MeetingView, Scene
from moderation.services import message_hide
from rooms.codes import LETTERS, new_code, spaced, tidy
from rooms.models import Meeting, Room, Screen, Thread
from rooms.selectors import snapshot
from rooms.selectors.meetings import meeting_by_code, screen_by_token, screens_on
from rooms.services import (
    meeting_blank,
    meeting_close,
    meeting_open,
    meeting_plan,
    meeting_screening,
    meeting_show,
    meeting_sort,
    screen_new,
    screen_revoke,
)
from rooms.services.meetings import Point
from tests import given
from tests.browsing import browser, evening
from tests.doing import do, refused, verified
from tests.fakes import EVENING

__all__ = ["evening"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
PLAN: dict[str, Any] = {
    "title": "Het plein 's avonds",
    "place": "Buurthuis De Linde, Lindelaan 1",
    "starts_at": EVENING + timedelta(days=3),
    "ends_at": EVENING + timedelta(days=3, hours=2),
    "points": [Point("Welkom", 5), Point("Licht op het plein", 40)],
}


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def mieke() -> Person:
    return given.a_manager("Mieke")


@pytest.fixture
def thread(room: Room) -> Thread:
    return given.a_thread(room)


@pytest.fixture
def meeting(room: Room, mieke: Person) -> Meeting:
    done = verified(meeting_plan, by=mieke, room=room, **PLAN)
    return Meeting.objects.get(pk=done.id)


def act(service: Any, meeting: Meeting, by: Person, **fields: Any) -> None:
    verified(service, by=by, room=meeting.room, meeting=meeting.pk, **fields)
    meeting.refresh_from_db()


def seen(room: Room) -> MeetingView:
    return snapshot(room).meetings[0]


# Planning


def test_it_stands_in_the_room_with_its_agenda(room: Room, meeting: Meeting) -> None:
    view = seen(room)
    assert (view.title, view.phase, view.scene) == (
        "Het plein 's avonds",
        "planned",
        Scene(kind="welcome"),
    )
    assert [point.title for point in view.points] == ["Welkom", "Licht op het plein"]
    page = browser().get(f"/r/kade/bijeenkomsten/{meeting.pk}/").content.decode()
    for words in ("Buurthuis De Linde", "Licht op het plein", spaced(meeting.code), "Mieke"):
        assert words in page


def test_what_cannot_be_planned(room: Room, mieke: Person) -> None:
    def no(code: str, **fields: Any) -> None:
        refused(meeting_plan, code, by=mieke, room=room, **PLAN | fields)

    no("empty", title=" ")
    no("empty", place=" ")
    no("past", starts_at=EVENING - timedelta(hours=3), ends_at=EVENING - timedelta(hours=1))
    no("bad_end", ends_at=PLAN["starts_at"])
    no("bad_end", ends_at=PLAN["starts_at"] + timedelta(hours=13))
    no("empty", points=[Point(" ")])
    no("too_many", points=[Point("Punt")] * 21)
    no("no_thread", points=[Point("Elders", thread=given.a_thread(given.a_room("hof")).pk)])


def test_only_managers_run_meetings(room: Room, meeting: Meeting) -> None:
    for person in (given.a_resident(), given.an_official(), given.a_council_member()):
        refused(meeting_plan, "not_allowed", by=person, room=room, **PLAN)
        wanted = {"room": room, "meeting": meeting.pk}
        refused(meeting_blank, "not_allowed", by=person, blank=True, **wanted)
        page = browser(person).get(f"/r/kade/bijeenkomsten/{meeting.pk}/run")
        assert page.status_code == 403


def test_a_manager_plans_it_by_a_form(room: Room, mieke: Person) -> None:
    manager = browser(mieke)
    form = manager.get("/r/kade/bijeenkomsten/").context["form"]
    wanted = {
        "ref": form["ref"].value(),
        "title": "Avond",
        "place": "Buurthuis",
        "starts_at": "2026-12-03T19:30",
        "ends_at": "2026-12-03T21:30",
        "points": "Welkom\n\nLicht op het plein\n",
    }
    made = manager.post("/r/kade/bijeenkomsten/", wanted)
    assert made.status_code == 303
    assert [point.title for point in Meeting.objects.get().points.all()] == [
        "Welkom",
        "Licht op het plein",
    ]
    assert manager.get(made["Location"]).status_code == 200
    wrong = manager.post("/r/kade/bijeenkomsten/", wanted | {"ends_at": "2026-12-03T19:30"})
    assert "A meeting ends after it begins" in wrong.content.decode()


# The code


def test_a_code_has_no_letters_that_look_alike() -> None:
    assert set(LETTERS).isdisjoint("0O1ILl2Z5S8BAEU")
    rng = random.Random(1)
    codes = [new_code(rng) for _ in range(1000)]
    assert all(len(code) == 6 and set(code) <= set(LETTERS) for code in codes)
    assert tidy(" k7-m 4q ") == "K7M4Q"


def test_a_code_is_found_however_it_is_typed(meeting: Meeting) -> None:
    typed = f" {meeting.code[:3].lower()}-{meeting.code[3:].lower()} "
    assert meeting_by_code(typed) == meeting


def test_two_meetings_never_have_the_same_code(room: Room, mieke: Person) -> None:
    first = do(meeting_plan, by=mieke, room=room, **PLAN, rng=random.Random(7))
    second = do(meeting_plan, by=mieke, room=room, **PLAN, rng=random.Random(7))
    codes = Meeting.objects.filter(pk__in=[first.id, second.id]).values_list("code", flat=True)
    assert len(set(codes)) == 2


def test_the_code_leads_to_the_page_and_then_to_the_conversation(
    meeting: Meeting, thread: Thread, mieke: Person
) -> None:
    visitor = browser()
    page = f"/r/kade/bijeenkomsten/{meeting.pk}/"
    assert visitor.get(f"/m/{meeting.code}/")["Location"] == page
    act(meeting_open, meeting, mieke)
    assert visitor.get(f"/m/{meeting.code}/")["Location"] == "/r/kade/"
    act(meeting_show, meeting, mieke, scene=Scene(kind="thread", thread=thread.pk))
    assert visitor.get(f"/m/?code={meeting.code.lower()}")["Location"] == f"/r/kade/t/{thread.pk}/"


def test_a_code_that_leads_nowhere_says_what_to_do(meeting: Meeting, mieke: Person) -> None:
    act(meeting_open, meeting, mieke)
    act(meeting_close, meeting, mieke)
    for path in (f"/m/{meeting.code}/", "/m/XXXXXX/", "/m/?code=%3Cscript%3E"):
        page = browser().get(path)
        assert page.status_code == 404
        assert "Check the six characters on the screen" in page.content.decode()
    assert browser().get("/m/").status_code == 200


def test_the_picture_of_the_code_is_ours(meeting: Meeting) -> None:
    picture = browser().get(f"/m/{meeting.code}/qr.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"<svg" in picture.content
    assert b"script" not in picture.content
    assert browser().get("/m/XXXXXX/qr.svg").status_code == 404


# Scenes


def test_the_screens_show_what_is_chosen(
    room: Room, meeting: Meeting, thread: Thread, mieke: Person
) -> None:
    act(meeting_show, meeting, mieke, scene=Scene(kind="thread", thread=thread.pk))
    assert seen(room).scene == Scene(kind="thread", thread=thread.pk)
    message = given.a_message(room, thread)
    act(meeting_show, meeting, mieke, scene=Scene(kind="message", message=message.pk))
    assert seen(room).items == {str(message.pk): "on_screen"}
    act(meeting_show, meeting, mieke, scene=Scene(kind="silence"))
    assert seen(room).scene == Scene(kind="silence")


def test_a_scene_that_is_not_there_is_refused(
    room: Room, meeting: Meeting, thread: Thread, mieke: Person
) -> None:
    elsewhere = given.a_thread(given.a_room("hof"))
    hidden = given.a_message(room, thread)
    why = {"ground": "insult", "reason": "Scheldt."}
    do(message_hide, by=mieke, room=room, message=hidden.pk, **why)
    for code, scene in (
        ("no_thread", Scene(kind="thread", thread=elsewhere.pk)),
        ("no_message", Scene(kind="message", message=999_999)),
        ("not_shown", Scene(kind="message", message=hidden.pk)),
        ("no_scene", Scene(kind="thread")),
        ("no_scene", Scene(kind="message", thread=thread.pk)),
        ("no_scene", Scene(kind="welcome", thread=thread.pk)),
    ):
        wanted = {"room": room, "meeting": meeting.pk, "scene": scene}
        refused(meeting_show, code, by=mieke, **wanted)


def test_blank_is_at_once_and_ends_with_the_next_scene(
    room: Room, meeting: Meeting, mieke: Person
) -> None:
    act(meeting_blank, meeting, mieke, blank=True)
    assert seen(room).blank
    act(meeting_blank, meeting, mieke, blank=False)
    assert not seen(room).blank
    act(meeting_blank, meeting, mieke, blank=True)
    act(meeting_show, meeting, mieke, scene=Scene(kind="agenda"))
    assert not seen(room).blank


def test_messages_are_sorted_for_the_screens(
    room: Room, meeting: Meeting, thread: Thread, mieke: Person
) -> None:
    message = given.a_message(room, thread)
    for state in ("kept", "on_screen", "answered", "refused"):
        act(meeting_sort, meeting, mieke, message=message.pk, state=state)
        assert seen(room).items == {str(message.pk): state}
    act(meeting_sort, meeting, mieke, message=message.pk, state=None)
    assert seen(room).items == {}
    elsewhere = given.a_message(given.a_room("hof"))
    wanted = {"room": room, "meeting": meeting.pk, "message": elsewhere.pk, "state": "kept"}
    refused(meeting_sort, "no_message", by=mieke, **wanted)


def test_how_messages_get_on_the_screens(room: Room, meeting: Meeting, mieke: Person) -> None:
    wanted = {"screening": "approve", "delay": 15, "names": False}
    act(meeting_screening, meeting, mieke, **wanted)
    assert (seen(room).screening, seen(room).delay, seen(room).names) == ("approve", 15, False)
    for delay in (4, 16):
        common = {"room": room, "meeting": meeting.pk}
        refused(meeting_screening, "bad_delay", by=mieke, **common, **wanted | {"delay": delay})


def test_two_facilitators_do_not_undo_each_other(
    room: Room, meeting: Meeting, thread: Thread, mieke: Person
) -> None:
    message = given.a_message(room, thread)
    act(meeting_sort, meeting, mieke, message=message.pk, state="kept")
    act(meeting_blank, meeting, given.an_administrator("Ada"), blank=True)
    assert seen(room).blank
    assert seen(room).items == {str(message.pk): "kept"}


# Its end


def test_a_meeting_ends_and_leaves_the_room(room: Room, meeting: Meeting, mieke: Person) -> None:
    refused(meeting_close, "not_running", by=mieke, room=room, meeting=meeting.pk)
    act(meeting_open, meeting, mieke)
    assert seen(room).phase == "open"
    act(meeting_close, meeting, mieke)
    assert snapshot(room).meetings == []
    assert "This meeting is over." in (
        browser().get(f"/r/kade/bijeenkomsten/{meeting.pk}/").content.decode()
    )


def test_what_was_closed_by_mistake_opens_again(
    room: Room, meeting: Meeting, mieke: Person
) -> None:
    act(meeting_open, meeting, mieke)
    act(meeting_close, meeting, mieke)
    act(meeting_open, meeting, mieke)
    assert meeting_by_code(meeting.code) == meeting


def test_the_evening_begins_and_ends_by_its_page(meeting: Meeting, mieke: Person) -> None:
    manager, page = browser(mieke), f"/r/kade/bijeenkomsten/{meeting.pk}/"
    ref = manager.get(page + "run").context["ref"]
    assert manager.post(page + "fase", {"ref": ref, "do": "open"})["Location"] == page + "run"
    ref = manager.get(page + "run").context["ref"]
    assert manager.post(page + "fase", {"ref": ref, "do": "close"})["Location"] == page
    ref = given.a_ref("again")
    again = manager.post(page + "fase", {"ref": ref, "do": "close"})
    assert "This meeting is not going on." in again.content.decode()


# Screens


def a_screen(meeting: Meeting, by: Person, name: str = "Zaal") -> tuple[Screen, str]:
    made = do(screen_new, by=by, room=meeting.room, meeting=meeting.pk, name=name)
    screen, token = made
    return screen, token


def test_the_token_of_a_screen_is_kept_nowhere(room: Room, meeting: Meeting, mieke: Person) -> None:
    screen, token = a_screen(meeting, mieke)
    assert screen_by_token(token) == screen
    assert screen_by_token(screen.token_hash) is None
    assert token not in str(list(Screen.objects.values()))
    assert seen(room).screens == 1


def test_a_screen_is_switched_off_for_good(room: Room, meeting: Meeting, mieke: Person) -> None:
    screen, token = a_screen(meeting, mieke)
    verified(screen_revoke, by=mieke, room=room, screen=screen.pk)
    assert screen_by_token(token) is None
    assert screens_on({screen.pk}) == set()
    assert seen(room).screens == 0
    page = browser().get(f"/screen/{token}/")
    assert page.status_code == 410
    assert "This screen is off" in page.content.decode()
    refused(screen_revoke, "no_screen", by=mieke, room=given.a_room("hof"), screen=screen.pk)


def test_a_screen_shows_its_room_and_sets_no_cookie(
    meeting: Meeting, thread: Thread, mieke: Person
) -> None:
    _, token = a_screen(meeting, mieke)
    act(meeting_show, meeting, mieke, scene=Scene(kind="thread", thread=thread.pk))
    page = browser().get(f"/screen/{token}/")
    assert page.status_code == 200
    assert not page.cookies
    assert page["Referrer-Policy"] == "no-referrer"
    assert thread.messages.get().body in page.content.decode()


def test_the_address_of_a_screen_is_told_once(meeting: Meeting, mieke: Person) -> None:
    manager, page = browser(mieke), f"/r/kade/bijeenkomsten/{meeting.pk}/"
    form = manager.get(page + "run").context["form"]
    made = manager.post(
        page + "scherm", {"ref": form["ref"].value(), "name": "Grote scherm", "use": "wall"}
    )
    address = made.context["address"]
    assert browser().get(address.partition("testserver")[2]).status_code == 200
    listed = manager.get(page + "run").content.decode()
    assert "Grote scherm" in listed
    assert address not in listed
    screen = Screen.objects.get()
    ref = manager.get(page + "run").context["ref"]
    manager.post(page + "scherm/uit", {"ref": ref, "screen": screen.pk})
    assert "Grote scherm" not in manager.get(page + "run").content.decode()


def test_a_screen_that_is_added_twice_is_one(meeting: Meeting, mieke: Person) -> None:
    wanted = {"room": meeting.room, "meeting": meeting.pk, "name": "Zaal"}
    do(screen_new, by=mieke, **wanted, ref=given.a_ref("one"))
    refused(screen_new, "made", by=mieke, **wanted, ref=given.a_ref("one"))


def test_there_is_an_end_to_screens(meeting: Meeting, mieke: Person) -> None:
    for number in range(20):
        a_screen(meeting, mieke, f"Scherm {number}")
    wanted = {"room": meeting.room, "meeting": meeting.pk, "name": "Nog een"}
    refused(screen_new, "too_many", by=mieke, **wanted)


def test_a_colleague_takes_over_with_a_note(meeting: Meeting, mieke: Person) -> None:
    ada = given.an_administrator("Ada")
    page = f"/r/kade/bijeenkomsten/{meeting.pk}/"
    first, second = browser(mieke), browser(ada)
    form = first.get(page + "run").context["handing"]
    note = {"hand-ref": form["ref"].value(), "hand-words": "Truus wil nog iets zeggen."}
    assert first.post(page + "overdracht", note).status_code == 303
    assert "Truus wil nog iets zeggen." in second.get(page + "run").content.decode()
    assert "Truus wil nog iets zeggen." not in browser().get(page).content.decode()
    assert second.post(page + "overdracht", {"do": "take"}).status_code == 303
    meeting.refresh_from_db()
    assert (meeting.lead, meeting.handover) == (ada, "")
    assert first.post(page + "overdracht", {"hand-words": " "}).status_code == 422
