"""Room for everyone in a conversation: limits with an end, and a question in private."""

from datetime import timedelta

import pytest

from deliberation.people.models import Person
from rooms.models import Notice, NoticeKind, Room, Thread
from rooms.selectors.opening import snapshot
from rooms.selectors.voices import voices
from rooms.services import message_edit, message_post, silent_invite, stance_take, thread_limit
from rooms.services.balance import silent
from tests import given
from tests.browsing import browser, evening
from tests.doing import do, refused, verified
from tests.fakes import EVENING, Clock

__all__ = ["evening"]

pytestmark = pytest.mark.django_db
TOMORROW = EVENING + timedelta(days=1)
WHY = {"reason": "Zo komt iedereen aan de beurt.", "until": TOMORROW}


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def thread(room: Room) -> Thread:
    return given.a_thread(room)


@pytest.fixture
def anna() -> Person:
    return given.a_resident("Anna")


def limit(thread: Thread, **limits: object) -> None:
    verified(thread_limit, by=given.a_manager(), room=thread.room, thread=thread.pk, **WHY | limits)


def say(thread: Thread, by: Person, body: str = "Hoi", **fields: object) -> int:
    common = {"by": by, "room": thread.room, "thread": thread.pk, "body": body}
    return int(verified(message_post, **common, **fields).id)


def not_said(thread: Thread, code: str, by: Person, **fields: object) -> None:
    common = {"room": thread.room, "thread": thread.pk, "body": "Hoi"}
    refused(message_post, code, by=by, **common | fields)


def test_a_day_has_so_many_messages_of_one_person(
    thread: Thread, anna: Person, clock: Clock
) -> None:
    limit(thread, daily=2, until=EVENING + timedelta(days=3))
    for _ in range(2):
        say(thread, anna)
    not_said(thread, "enough_today", anna)
    say(thread, given.a_resident("Bert"))
    say(given.a_thread(thread.room), anna)  # it is about this conversation alone
    clock.forward(days=1)
    say(thread, anna, at=clock())


def test_a_message_has_so_many_characters(thread: Thread, anna: Person) -> None:
    before = say(thread, anna, "x" * 90)
    limit(thread, length=80)
    not_said(thread, "too_long_here", anna, body="x" * 81)
    short = say(thread, anna, "x" * 80)
    change = {"by": anna, "room": thread.room, "body": "y" * 81}
    refused(message_edit, "too_long_here", **change, message=short)
    refused(message_edit, "too_long_here", **change, message=before)


def test_only_one_question_is_answered(thread: Thread, anna: Person) -> None:
    olaf = given.an_official("Olaf")
    question = say(thread, olaf, "Waar moet de bank staan?")
    other = say(thread, anna, "Iets anders")
    limit(thread, answers_to=question)
    not_said(thread, "answers_only", anna)
    not_said(thread, "answers_only", anna, reply_to=other)
    say(thread, anna, "Bij de brug", reply_to=question)
    say(thread, olaf, "Dank")  # who asks may go on


def test_limits_end_by_themselves_and_can_be_lifted(
    thread: Thread, anna: Person, clock: Clock
) -> None:
    limit(thread, daily=1)
    say(thread, anna)
    not_said(thread, "enough_today", anna)
    do(thread_limit, by=given.a_manager(), room=thread.room, thread=thread.pk)
    say(thread, anna)
    assert snapshot(thread.room).threads[0].limits is None
    limit(thread, daily=1)
    not_said(thread, "enough_today", anna)
    say(thread, anna, at=clock.forward(days=1))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"daily": 0}, "bad_limit"),
        ({"daily": 101}, "bad_limit"),
        ({"length": 49}, "bad_limit"),
        ({"length": 2001}, "bad_limit"),
        ({"daily": 3, "reason": " "}, "empty"),
        ({"daily": 3, "until": None}, "no_end"),
        ({"daily": 3, "until": EVENING}, "no_end"),
        ({"answers_to": 999_999}, "no_message"),
    ],
)
def test_a_limit_without_one_of_these_is_refused(
    thread: Thread, fields: dict[str, object], code: str
) -> None:
    wanted = {"room": thread.room, "thread": thread.pk} | WHY | fields
    refused(thread_limit, code, by=given.a_manager(), **wanted)


def test_the_question_is_one_of_staff(thread: Thread, anna: Person) -> None:
    wanted = {"room": thread.room, "thread": thread.pk, **WHY}
    refused(
        thread_limit, "no_question", by=given.a_manager(), **wanted, answers_to=say(thread, anna)
    )


def test_the_share_of_the_floor(thread: Thread, anna: Person) -> None:
    thread.messages.all().delete()  # what it began with
    say(thread, anna, "x" * 60)
    say(thread, anna, "x" * 15)
    say(thread, given.a_resident("Bert"), "x" * 25)
    say(thread, given.an_official(), "x" * 200)
    assert [(one.name, one.messages, one.share) for one in voices(thread)] == [
        ("Anna", 2, 0.75),
        ("Bert", 1, 0.25),
    ]


def test_who_is_silent_is_asked_at_most_once_a_week(
    thread: Thread, anna: Person, clock: Clock
) -> None:
    bert, manager = given.a_resident("Bert"), given.a_manager()
    first = say(thread, anna, "De bank moet terug.")
    for person in (bert, manager):
        do(stance_take, by=person, room=thread.room, message=first, value="agree")
    ask = {"actor": given.acting(manager), "room": thread.room, "thread": thread.pk}
    assert silent_invite(**ask, message=first, at=clock()) == 1
    told = Notice.objects.get(kind=NoticeKind.INVITED)
    assert (told.person, told.message_id) == (bert, first)
    second = say(thread, anna, "En een prullenbak.", at=clock.forward(days=6))
    assert silent_invite(**ask, message=second, at=clock()) == 0
    assert silent_invite(**ask, message=second, at=clock.forward(days=2)) == 1
    say(thread, bert, "Ja, graag.", at=clock.forward(days=8))
    assert silent(thread, at=clock()) == []


def test_only_managers_see_and_do_this(thread: Thread, anna: Person) -> None:
    client = browser(anna)
    address = f"/r/kade/t/{thread.pk}/balance"
    assert client.get(address).status_code == 403
    refused(thread_limit, "not_allowed", by=anna, room=thread.room, thread=thread.pk, **WHY)


@pytest.mark.usefixtures("evening")
def test_the_page_limits_and_asks(thread: Thread, anna: Person) -> None:
    manager = given.a_manager()
    first = say(thread, anna, "De bank moet terug.")
    do(stance_take, by=given.a_resident("Bert"), room=thread.room, message=first, value="agree")
    client = browser(manager)
    address = f"/r/kade/t/{thread.pk}/balance"
    assert "Anna" in client.get(address).content.decode()
    form = {"ref": given.a_ref(1), "daily": "3", "reason": "Rust.", "until": "2026-03-01T20:00"}
    assert client.post(address, form).status_code == 422
    form["until"] = "2030-03-01T20:00"
    sent = client.post(address, form)
    assert sent.status_code == 303
    assert client.get(sent["location"]).status_code == 200
    thread.refresh_from_db()
    assert (thread.daily_limit, thread.limits_reason) == (3, "Rust.")
    asked = client.post(f"/r/kade/t/{thread.pk}/invite", {"message": first})
    assert asked["location"].endswith("?gedaan=gevraagd&mensen=1")
    page = client.get(asked["location"]).content.decode()
    assert "1 person was asked." in page


@pytest.mark.usefixtures("evening")
def test_everyone_reads_the_limits(thread: Thread) -> None:
    client = browser()
    question = given.a_message(thread.room, thread, "Waar?", by=given.an_official())
    limit(thread, daily=3, length=500, answers_to=question.pk, until=EVENING + timedelta(days=3650))
    page = client.get(f"/r/kade/t/{thread.pk}/")
    text = page.content.decode()
    for words in ("only answer one question", "3 messages a day", "500 characters", "aan de beurt"):
        assert words in text
    assert f'name="reply_to" value="{question.pk}"' in text
