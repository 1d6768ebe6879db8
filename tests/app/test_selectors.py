"""Reads for screens: windows, standing, and what someone missed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.people.models import Person
from deliberation.protocol.shapes import Opening
from moderation.services import message_hide
from rooms.models import Message, Room, Thread
from rooms.selectors import Window, events_after, opening, snapshot, tallies_since
from rooms.services import message_retract, stance_take, thread_close, thread_move, thread_rename
from tests import given
from tests.doing import do
from tests.fakes import EVENING, Clock
from tests.given import acting
from tests.verify import ALL, fold, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


@pytest.fixture
def thread(room: Room) -> Thread:
    """A thread with messages "1" to "9", and another one in between."""
    thread, by = given.a_thread(room, body="1"), given.a_resident()
    other = given.a_thread(room, "Iets anders", body="anders")
    for number in range(2, 10):
        given.a_message(room, thread, str(number), by=by)
        if number == 5:
            given.a_message(room, other, "tussendoor")
    return thread


def seen(room: Room, person: Person | None = None, **window: Any) -> Opening:
    return opening(acting(person), fresh(room), Window(**window), at=EVENING)


def words(found: Opening) -> list[str | None]:
    return [message.body for message in found.snapshot.messages]


def seq(room: Room, body: str) -> int:
    return Message.objects.get(room=room, body=body).seq


def test_the_newest_messages_come_first_to_hand(room: Room, thread: Thread) -> None:
    found = seen(room, thread=thread.pk, size=3)
    assert (words(found), found.older, found.newer) == (["7", "8", "9"], True, False)
    assert (found.thread, found.at, found.snapshot.head) == (thread.pk, EVENING, seq(room, "9"))
    whole = seen(room, thread=thread.pk, size=9)
    assert (words(whole), whole.older, whole.newer) == (list("123456789"), False, False)
    assert "tussendoor" in words(seen(room))


def test_older_and_newer_pages_join_without_a_gap_or_a_double(room: Room, thread: Thread) -> None:
    pages, found = [], seen(room, thread=thread.pk, size=4)
    while True:
        pages.append(words(found))
        if not found.older:
            break
        first = found.snapshot.messages[0].seq
        found = seen(room, thread=thread.pk, before=first, size=4)
        assert found.newer
    assert pages == [list("6789"), list("2345"), ["1"]]
    newer = seen(room, thread=thread.pk, after=seq(room, "1"), size=4)
    assert (words(newer), newer.older, newer.newer) == (list("2345"), True, True)
    last = seen(room, thread=thread.pk, after=seq(room, "5"), size=4)
    assert (words(last), last.newer) == (list("6789"), False)


@pytest.mark.parametrize(
    ("body", "shown", "older", "newer"),
    [
        ("1", "12", False, True),
        ("5", "3456", True, True),
        ("9", "789", True, False),
    ],
)
def test_a_permalink_shows_what_stands_around_it(
    room: Room, thread: Thread, body: str, shown: str, older: bool, newer: bool
) -> None:
    found = seen(room, thread=thread.pk, around=seq(room, body), size=4)
    assert (words(found), found.older, found.newer) == (list(shown), older, newer)


@pytest.mark.parametrize("window", [{"before": 1}, {"after": 10**15}, {"thread": 10**9}])
def test_a_window_where_nothing_is_shows_nothing(
    room: Room, thread: Thread, window: dict[str, int]
) -> None:
    assert words(seen(room, **({"thread": thread.pk} | window))) == []


def test_everyone_sees_their_own_stances_and_nobody_elses(room: Room, thread: Thread) -> None:
    fatima, message = given.a_resident(), Message.objects.get(room=room, body="9")
    do(stance_take, by=fatima, room=room, message=message.pk, value="unsure")
    do(stance_take, by=given.a_resident(), room=room, message=message.pk, value="agree")
    assert seen(room, fatima).stances == {str(message.pk): "unsure"}
    assert seen(room, given.a_resident()).stances == {}
    assert seen(room).stances == {}
    last = seen(room).snapshot.messages[-1].tally
    assert (last.agree, last.unsure) == (1, 1)


def test_nothing_of_another_room_is_shown(room: Room, thread: Thread) -> None:
    other = given.a_room()
    elsewhere = given.a_message(other, body="elders")
    assert "elders" not in words(seen(room))
    assert words(seen(room, thread=elsewhere.thread_id)) == []
    assert {t.id for t in seen(other).snapshot.threads} == {elsewhere.thread_id}
    assert events_after(fresh(other), 0, stream="public", limit=ALL)[-1].seq == elsewhere.seq


def test_the_words_of_what_is_not_shown_reach_nobody(room: Room, thread: Thread) -> None:
    manager, fatima = given.a_manager("Mieke"), given.a_resident("Vertrokken")
    message = given.a_message(room, thread, "Geheim adres", by=fatima)
    hidden = given.a_message(room, thread, "Lelijk woord", by=given.a_resident("Boos"))
    do(message_retract, by=fatima, room=room, message=message.pk)
    do(message_hide, by=manager, room=room, message=hidden.pk, ground="insult", reason="Zo niet.")
    said = str(seen(room)) + str(events_after(fresh(room), 0, stream="public", limit=ALL))
    for secret in ("Geheim", "Vertrokken", "Lelijk", "Boos"):
        assert secret not in said


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_a_late_reader_gets_there_in_pages_of_any_size(
    room: Room, thread: Thread, size: int
) -> None:
    manager, fatima = given.a_manager(), given.a_resident()
    start = snapshot(fresh(room), size=ALL)
    mine = given.a_message(room, thread, by=fatima)
    do(message_retract, by=fatima, room=room, message=mine.pk)
    do(thread_rename, by=manager, room=room, thread=thread.pk, title="Anders")
    given.a_room("hof")
    wanted = {"thread": thread.pk, "to_room": "hof", "reason": "Hoort daar."}
    do(thread_move, by=manager, room=room, **wanted)
    found = start
    while page := events_after(fresh(room), found.head, stream="public", limit=size):
        assert len(page) <= size
        assert [event.seq for event in page] == list(
            range(found.head + 1, found.head + 1 + len(page))
        )
        found = fold(found, page)
    assert found == snapshot(fresh(room), size=ALL)


def test_a_cursor_from_the_future_gets_nothing(room: Room, thread: Thread) -> None:
    assert events_after(fresh(room), 10**15, stream="public", limit=ALL) == []
    assert events_after(fresh(room), 0, stream="staff", limit=ALL) == []


def test_tallies_that_changed_while_someone_was_away(room: Room, clock: Clock) -> None:
    fatima, messages = given.a_resident(), [given.a_message(room) for _ in range(3)]
    for message in messages[:2]:
        at = clock.forward(minutes=1)
        do(stance_take, by=fatima, room=room, message=message.pk, value="agree", at=at)
    since = EVENING + timedelta(seconds=90)
    assert [tally.message for tally in tallies_since(room, since)] == [messages[1].pk]
    assert [tally.message for tally in tallies_since(room, EVENING)] == [
        messages[1].pk,
        messages[0].pk,
    ]
    assert tallies_since(room, EVENING, limit=1)[0].counts.agree == 1
    assert tallies_since(given.a_room(), EVENING) == []


def queries(room: Room) -> dict[str, int]:
    counts = {}
    for name, read in {
        "opening": lambda: opening(acting(None), fresh(room), Window(), at=EVENING),
        "missed": lambda: events_after(fresh(room), 0, stream="public", limit=ALL),
    }.items():
        with CaptureQueriesContext(connection) as asked:
            read()
        counts[name] = len(asked)
    return counts


def test_a_long_room_asks_the_database_no_more_than_a_short_one(room: Room) -> None:
    manager = given.a_manager()
    do(thread_close, by=manager, room=room, thread=given.a_thread(room).pk, reason="Klaar.")
    short = queries(room)
    for _ in range(4):
        thread = given.a_thread(room, by=given.a_resident())
        given.a_message(room, thread, by=given.an_official())
        do(thread_close, by=manager, room=room, thread=thread.pk, reason="Klaar.")
    assert queries(room) == short
