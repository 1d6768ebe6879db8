"""Posting, editing, retracting."""

from datetime import timedelta

import pytest

from deliberation.kernel.text import MESSAGE_LIMIT
from rooms.models import Room
from rooms.selectors import snapshot
from rooms.services import message_edit, message_post, message_retract, thread_close, thread_open
from rooms.services.messages import EDIT_MINUTES
from tests import given
from tests.doing import do, refused, verified
from tests.fakes import EVENING, Clock
from tests.verify import fresh, verify_change

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return given.a_room()


def test_a_resident_posts_and_everyone_gets_the_words(room: Room) -> None:
    fatima, thread = given.a_resident("Fatima"), given.a_thread(room)
    done = verified(message_post, by=fatima, room=room, thread=thread.pk, body="  Ja, precies.\r\n")
    posted = snapshot(fresh(room)).messages[-1]
    assert (posted.id, posted.seq, posted.body) == (done.id, done.seq, "Ja, precies.")
    assert posted.author is not None
    assert (posted.author.name, posted.author.badge) == ("Fatima", None)
    assert snapshot(fresh(room)).threads[0].messages == 2


def test_an_official_posts_with_a_badge(room: Room) -> None:
    thread = given.a_thread(room)
    verified(message_post, by=given.an_official(), room=room, thread=thread.pk, body="Wij kijken.")
    author = snapshot(fresh(room)).messages[-1].author
    assert author is not None
    assert author.badge == "official"


def test_a_reply_says_what_it_answers(room: Room) -> None:
    first = given.a_message(room)
    verified(
        message_post,
        by=given.a_resident(),
        room=room,
        thread=first.thread_id,
        body="Mee eens",
        reply_to=first.pk,
    )
    assert snapshot(fresh(room)).messages[-1].reply_to == first.pk


def test_many_messages_are_numbered_in_the_order_in_which_they_came(room: Room) -> None:
    thread, fatima = given.a_thread(room), given.a_resident()
    with verify_change(room) as told:
        seqs = [
            do(message_post, by=fatima, room=room, thread=thread.pk, body=str(n)).seq
            for n in range(5)
        ]
    assert seqs == [event.seq for event in told[room.pk].public]
    assert [m.body for m in snapshot(fresh(room)).messages[-5:]] == list("01234")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "empty"),
        (" \n\u200b", "empty"),
        ("\u200d", "empty"),
        ("x" * (MESSAGE_LIMIT + 1), "too_long"),
    ],
)
def test_what_is_no_message_is_refused(room: Room, body: str, code: str) -> None:
    thread = given.a_thread(room)
    refused(message_post, code, by=given.a_resident(), room=room, thread=thread.pk, body=body)
    message = given.a_message(room, thread, by=(author := given.a_resident()))
    refused(message_edit, code, by=author, room=room, message=message.pk, body=body)


def test_a_visitor_picks_a_name_first(room: Room) -> None:
    thread = given.a_thread(room)
    refused(message_post, "signed_out", by=None, room=room, thread=thread.pk, body="Hoi")


def test_a_message_needs_an_open_thread_of_this_room(room: Room) -> None:
    fatima, manager, thread = given.a_resident(), given.a_manager(), given.a_thread(room)
    elsewhere = given.a_thread(given.a_room())
    refused(message_post, "no_thread", by=fatima, room=room, thread=elsewhere.pk, body="Hoi")
    refused(message_post, "no_thread", by=fatima, room=room, thread=10**9, body="Hoi")
    do(thread_close, by=manager, room=room, thread=thread.pk, reason="Beantwoord.")
    refused(message_post, "thread_closed", by=fatima, room=room, thread=thread.pk, body="Hoi")
    refused(message_post, "thread_closed", by=manager, room=room, thread=thread.pk, body="Hoi")


def test_a_reply_needs_a_message_of_this_room(room: Room) -> None:
    thread, elsewhere = given.a_thread(room), given.a_message(given.a_room())
    wanted = {"thread": thread.pk, "body": "Hoi", "reply_to": elsewhere.pk}
    refused(message_post, "no_message", by=given.a_resident(), room=room, **wanted)


def test_slow_mode_asks_for_patience_in_seconds(room: Room, clock: Clock) -> None:
    thread, fatima, ahmed = given.a_thread(room), given.a_resident(), given.a_resident("Ahmed")
    given.a_mode(room, "slow", slow_seconds=60)
    post = {"room": room, "thread": thread.pk}
    verified(message_post, by=fatima, **post, body="Een", at=clock())
    clock.forward(seconds=20)
    no = refused(message_post, "slow", by=fatima, **post, body="Twee", at=clock())
    assert (no.retry_after, no.values["seconds"]) == (40, 40)
    verified(message_post, by=ahmed, **post, body="Ik wel", at=clock())
    clock.forward(seconds=40)
    verified(message_post, by=fatima, **post, body="Twee", at=clock())


def test_slow_mode_finds_its_own_pace(room: Room, clock: Clock) -> None:
    thread, fatima = given.a_thread(room), given.a_resident()
    given.a_mode(room, "slow", slow_seconds=0)
    post = {"room": room, "thread": thread.pk, "body": "Hoi"}
    verified(message_post, by=fatima, **post, at=clock())
    assert refused(message_post, "slow", by=fatima, **post, at=clock()).retry_after == 15
    for number in range(8):
        do(message_post, by=given.a_resident(f"Buur {number}"), **post, at=clock())
    assert refused(message_post, "slow", by=fatima, **post, at=clock()).retry_after == 30
    for number in range(8, 30):
        do(message_post, by=given.a_resident(f"Buur {number}"), **post, at=clock())
    assert refused(message_post, "slow", by=fatima, **post, at=clock()).retry_after == 60
    clock.forward(minutes=6)  # calm again
    verified(message_post, by=fatima, **post, at=clock())
    assert refused(message_post, "slow", by=fatima, **post, at=clock()).retry_after == 15


def test_slow_mode_counts_a_new_thread_as_a_message(room: Room, clock: Clock) -> None:
    fatima, thread = given.a_resident(), given.a_thread(room)
    given.a_mode(room, "slow", slow_seconds=60)
    wanted = {"title": "Nieuw", "kind": "idea", "body": "Hoi"}
    verified(thread_open, by=fatima, room=room, **wanted, at=clock())
    refused(thread_open, "slow", by=fatima, room=room, **wanted, at=clock())
    refused(message_post, "slow", by=fatima, room=room, thread=thread.pk, body="x", at=clock())


def test_slow_mode_does_not_slow_the_manager(room: Room, clock: Clock) -> None:
    manager, thread = given.a_manager(), given.a_thread(room)
    given.a_mode(room, "slow")
    for body in ("Een", "Twee"):
        verified(message_post, by=manager, room=room, thread=thread.pk, body=body, at=clock())


def test_slow_mode_ends_by_itself(room: Room, clock: Clock) -> None:
    fatima, thread = given.a_resident(), given.a_thread(room)
    given.a_mode(room, "slow", until=EVENING + timedelta(minutes=1), slow_seconds=3600)
    do(message_post, by=fatima, room=room, thread=thread.pk, body="Een")
    clock.forward(minutes=1)
    verified(message_post, by=fatima, room=room, thread=thread.pk, body="Twee", at=clock())


def test_an_edit_replaces_the_words_and_keeps_the_earlier_ones(room: Room, clock: Clock) -> None:
    fatima = given.a_resident()
    message = given.a_message(room, by=fatima, body="Het licht is stuk")
    later = clock.forward(minutes=EDIT_MINUTES)
    verified(message_edit, by=fatima, room=room, message=message.pk, body="De lamp", at=later)
    shown = snapshot(fresh(room)).messages[-1]
    assert (shown.body, shown.edited_at, shown.seq) == ("De lamp", later, message.seq)
    assert [revision.body for revision in message.revisions.all()] == ["Het licht is stuk"]


def test_an_edit_comes_in_time_or_not_at_all(room: Room, clock: Clock) -> None:
    fatima = given.a_resident()
    message = given.a_message(room, by=fatima)
    late = clock.forward(minutes=EDIT_MINUTES, seconds=1)
    no = refused(
        message_edit, "too_late", by=fatima, room=room, message=message.pk, body="x", at=late
    )
    assert no.values == {"minutes": EDIT_MINUTES}


def test_an_edit_that_changes_nothing_says_nothing(room: Room) -> None:
    fatima = given.a_resident()
    message = given.a_message(room, by=fatima, body="Precies")
    with verify_change(room, changes=False):
        done = do(message_edit, by=fatima, room=room, message=message.pk, body=" Precies ")
    assert done.id == message.pk


def test_only_the_writer_edits_and_retracts(room: Room) -> None:
    message = given.a_message(room)
    for other in (given.a_resident(), given.a_manager(), given.an_administrator()):
        refused(message_edit, "not_yours", by=other, room=room, message=message.pk, body="x")
        refused(message_retract, "not_yours", by=other, room=room, message=message.pk)


def test_retracting_removes_the_words_for_good(room: Room) -> None:
    fatima = given.a_resident()
    message = given.a_message(room, by=fatima, body="Mijn adres is geheim")
    do(message_edit, by=fatima, room=room, message=message.pk, body="Geheim adres")
    verified(message_retract, by=fatima, room=room, message=message.pk)
    message.refresh_from_db()
    assert (message.body, message.revisions.count()) == ("", 0)
    tombstone = snapshot(fresh(room)).messages[-1]
    assert (tombstone.state, tombstone.body, tombstone.author) == ("retracted", None, None)
    assert tombstone.reason is None


def test_what_is_gone_is_not_edited_or_retracted_again(room: Room) -> None:
    fatima = given.a_resident()
    message = given.a_message(room, by=fatima)
    do(message_retract, by=fatima, room=room, message=message.pk)
    refused(message_retract, "gone", by=fatima, room=room, message=message.pk)
    refused(message_edit, "gone", by=fatima, room=room, message=message.pk, body="x")


def test_a_message_of_another_room_is_not_here(room: Room) -> None:
    fatima = given.a_resident()
    elsewhere = given.a_message(given.a_room(), by=fatima)
    refused(message_edit, "no_message", by=fatima, room=room, message=elsewhere.pk, body="x")
    refused(message_retract, "no_message", by=fatima, room=room, message=elsewhere.pk)
