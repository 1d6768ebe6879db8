"""What people say in the hall becomes messages as any other, put down by a scribe."""

from datetime import timedelta
from typing import Any

import pytest

from deliberation.kernel.ids import new_ref
from deliberation.people.models import Person
from moderation.services import message_hide
from rooms.models import Meeting, Message, Room, Screen, Thread
from rooms.privacy.erasing import erase
from rooms.selectors.minutes import messages_share
from rooms.services import (
    hall_correct,
    hall_note,
    hall_withdraw,
    meeting_close,
    message_post,
    screen_new,
    screen_revoke,
)
from tests import given
from tests.browsing import browser, evening
from tests.doing import do, refused, verified
from tests.fakes import EVENING

__all__ = ["evening"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def thread(room: Room) -> Thread:
    return given.a_thread(room)


@pytest.fixture
def meeting(room: Room) -> Meeting:
    return given.a_meeting(room, "open")


@pytest.fixture
def mieke() -> Person:
    return given.a_manager("Mieke")


def note(meeting: Meeting, thread: Thread, by: Person, **fields: Any) -> Message:
    wanted = {"meeting": meeting.pk, "thread": thread.pk, "body": "Het is er donker."} | fields
    done = verified(hall_note, by=by, room=thread.room, **wanted)
    return Message.objects.get(pk=done.id)


def test_words_from_the_hall_stand_among_the_others(
    meeting: Meeting, thread: Thread, mieke: Person
) -> None:
    spoken = note(meeting, thread, mieke)
    card = note(meeting, thread, mieke, body="Meer banken.", origin="paper", name="Tafel 3")
    assert (spoken.origin, spoken.author and spoken.author.name) == ("room", "Iemand in de zaal")
    assert (card.origin, card.author and card.author.name) == ("paper", "Tafel 3")
    page = browser().get(f"/r/kade/t/{thread.pk}/").content.decode()
    assert "Meer banken." in page
    assert "on paper" in page


def test_who_has_no_name_is_someone_else_each_time_and_a_table_is_one(
    meeting: Meeting, thread: Thread, mieke: Person
) -> None:
    nameless = {note(meeting, thread, mieke).author_id for _ in range(3)}
    table = {note(meeting, thread, mieke, name=name).author_id for name in ("Tafel 3", "tafel 3")}
    other = note(given.a_meeting(thread.room), thread, mieke, name="Tafel 3").author_id
    assert len(nameless) == 3
    assert len(table) == 1
    assert other not in table


def test_nobody_in_the_hall_is_called_like_the_municipality(
    meeting: Meeting, thread: Thread, mieke: Person
) -> None:
    wanted = {"meeting": meeting.pk, "thread": thread.pk, "body": "Hoi", "room": thread.room}
    refused(hall_note, "name_staff", by=mieke, **wanted, name="De wethouder")
    refused(hall_note, "bad_origin", by=mieke, **wanted, origin="import")
    refused(hall_note, "empty", by=mieke, **wanted | {"body": " "})
    refused(hall_note, "too_long", by=mieke, **wanted | {"body": "a" * 2001})


def test_what_was_heard_wrongly_is_corrected_within_ten_minutes(
    meeting: Meeting, thread: Thread, mieke: Person
) -> None:
    said = note(meeting, thread, mieke)
    wanted: dict[str, Any] = {"by": given.an_administrator(), "room": thread.room}
    wanted |= {"message": said.pk}
    verified(hall_correct, **wanted, body="Het is er te donker.")
    late = EVENING + timedelta(minutes=10, seconds=1)
    refused(hall_correct, "too_late", **wanted, body="Toch niet.", at=late)
    verified(hall_withdraw, **wanted)
    said.refresh_from_db()
    assert (said.state, said.body) == ("retracted", "")


def test_a_scribe_changes_nobody_elses_words(room: Room, thread: Thread, mieke: Person) -> None:
    own = given.a_message(room, thread, by=mieke)
    wanted = {"by": mieke, "room": room, "message": own.pk}
    refused(hall_correct, "not_hall", **wanted, body="Anders.")
    refused(hall_withdraw, "not_hall", **wanted)


def test_what_is_sent_twice_is_put_down_once(
    meeting: Meeting, thread: Thread, mieke: Person
) -> None:
    wanted = {"meeting": meeting.pk, "thread": thread.pk, "body": "Eén keer."}
    first = do(hall_note, by=mieke, room=thread.room, **wanted, ref=given.a_ref("one"))
    again = do(hall_note, by=mieke, room=thread.room, **wanted, ref=given.a_ref("one"))
    assert first == again
    assert Message.objects.filter(body="Eén keer.").count() == 1


def test_it_is_hidden_and_erased_as_any_other(
    meeting: Meeting, thread: Thread, mieke: Person
) -> None:
    said = note(meeting, thread, mieke, name="Truus")
    why = {"ground": "insult", "reason": "Scheldt."}
    do(message_hide, by=mieke, room=thread.room, message=said.pk, **why)
    assert said.author
    erase(actor=given.acting(said.author), at=EVENING)
    said.refresh_from_db()
    assert (said.state, said.body) == ("erased", "")


def test_the_share_of_the_hall_counts_residents_during_the_meeting(
    meeting: Meeting, thread: Thread, mieke: Person
) -> None:
    for _ in range(2):
        note(meeting, thread, mieke)
    wanted = {"room": thread.room, "thread": thread.pk, "at": EVENING}
    for person in (given.a_resident("Thuis"), mieke, given.an_official()):
        do(message_post, by=person, body="Van thuis.", **wanted)
    before = {"at": EVENING - timedelta(hours=1), "by": given.a_resident("Eerder")}
    do(message_post, body="Gisteren al.", **wanted | before)
    found = messages_share(meeting, at=EVENING)
    # The conversation began with a message at the same moment as the meeting.
    assert (found.hall, found.online) == (2, 2)
    assert found.of_hall == 0.5
    page = browser().get(f"/r/kade/bijeenkomsten/{meeting.pk}/").content.decode()
    assert "2 messages came from the hall." in page


def test_a_meeting_without_words_has_no_share(meeting: Meeting) -> None:
    assert messages_share(meeting, at=EVENING).of_hall is None


def test_the_page_of_the_scribe_is_for_managers(meeting: Meeting, mieke: Person) -> None:
    page = f"/r/kade/bijeenkomsten/{meeting.pk}/zaal"
    assert browser(mieke).get(page).status_code == 200
    assert browser(given.a_resident()).get(page).status_code == 403


# A tablet that stands there for all


def a_tablet(meeting: Meeting, by: Person, use: str = "tablet") -> str:
    """The path of a tablet, or of a screen, that was just added."""
    fields = {"meeting": meeting.pk, "name": "Ingang", "use": use}
    _, token = screen_new(
        actor=given.acting(by), room=meeting.room, ref=new_ref(), at=EVENING, **fields
    )
    return f"/tablet/{token}/"


def test_who_has_no_phone_writes_on_the_tablet(
    meeting: Meeting, thread: Thread, mieke: Person
) -> None:
    path, visitor = a_tablet(meeting, mieke), browser()
    form = visitor.get(path).context["form"]
    fields = {"ref": form["ref"].value(), "body": "Een lamp graag.", "name": "Bep"}
    for _ in range(2):  # pressed twice
        assert visitor.post(path, fields).status_code == 303
    said = Message.objects.get(body="Een lamp graag.")
    assert (said.origin, said.thread_id, said.author and said.author.name) == (
        "room",
        thread.pk,
        "Bep",
    )
    assert not visitor.cookies
    assert visitor.get(f"{path}dank").status_code == 200


def test_a_tablet_refuses_in_words(meeting: Meeting, thread: Thread, mieke: Person) -> None:
    path, visitor = a_tablet(meeting, mieke), browser()
    empty = visitor.post(path, {"body": " "})
    assert empty.status_code == 422
    assert "Write something first." in empty.content.decode()
    staff = visitor.post(path, {"body": "Hoi", "name": "De burgemeester"})
    assert staff.status_code == 422
    assert "Hoi" in staff.content.decode()
    do(meeting_close, by=mieke, room=thread.room, meeting=meeting.pk)
    over = visitor.post(path, {"body": "Te laat"})
    assert "The meeting is not going on now." in over.content.decode()
    assert not Message.objects.filter(body="Te laat").exists()


def test_one_token_is_good_for_one_thing(meeting: Meeting, mieke: Person) -> None:
    tablet, wall = a_tablet(meeting, mieke), a_tablet(meeting, mieke, "wall")
    assert browser().get(wall).status_code == 410
    assert browser().get(tablet.replace("/tablet/", "/screen/")).status_code == 410
    for screen in Screen.objects.all():
        do(screen_revoke, by=mieke, room=meeting.room, screen=screen.pk)
    assert browser().get(tablet).status_code == 410
    assert browser().post(tablet, {"body": "Hoi"}).status_code == 410
