"""Opening conversations, and keeping them in order."""

import pytest

from deliberation.kernel.text import TITLE_LIMIT
from moderation.services import message_hide
from rooms.models import Room, Thread
from rooms.selectors import snapshot
from rooms.services import (
    message_edit,
    message_post,
    message_retract,
    stance_take,
    thread_close,
    thread_merge,
    thread_move,
    thread_open,
    thread_rename,
    thread_reopen,
)
from rooms.services import threads as module
from tests import given
from tests.doing import do, refused, verified
from tests.verify import fresh, verify_change

pytestmark = pytest.mark.django_db
WHY = {"reason": "Gaat over hetzelfde."}


@pytest.fixture
def room() -> Room:
    return given.a_room()


def bodies(room: Room, thread: int) -> list[str | None]:
    return [m.body for m in snapshot(fresh(room)).messages if m.thread == thread]


@pytest.mark.parametrize("kind", ["need", "question", "idea", "concern", "activity"])
def test_a_resident_opens_a_thread_with_its_first_message(room: Room, kind: str) -> None:
    fatima = given.a_resident("Fatima")
    wanted = {"title": " Te  weinig\nlicht ", "kind": kind, "body": "Het is donker."}
    done = verified(thread_open, by=fatima, room=room, **wanted)
    thread = snapshot(fresh(room)).threads[-1]
    assert (thread.id, thread.title, thread.kind) == (done.id, "Te weinig licht", kind)
    assert (thread.messages, thread.last_seq) == (1, done.seq + 1)
    assert thread.opened_by is not None
    assert thread.opened_by.name == "Fatima"
    assert bodies(room, done.id) == ["Het is donker."]


def test_an_official_opens_a_thread_just_like_a_resident(room: Room) -> None:
    verified(
        thread_open, by=given.an_official(), room=room, title="Werk", kind="activity", body="x"
    )
    opened = snapshot(fresh(room)).threads[-1].opened_by
    assert opened is not None
    assert opened.badge == "official"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "empty"),
        ({"title": "x" * (TITLE_LIMIT + 1)}, "too_long"),
        ({"body": "\u200b"}, "empty"),
        ({"body": "x" * 2001}, "too_long"),
    ],
)
def test_a_thread_needs_a_title_and_words(room: Room, fields: dict[str, str], code: str) -> None:
    wanted = {"title": "Licht", "kind": "need", "body": "Donker."} | fields
    refused(thread_open, code, by=given.a_resident(), room=room, **wanted)


def test_a_visitor_picks_a_name_before_opening_a_thread(room: Room) -> None:
    wanted = {"title": "Licht", "kind": "need", "body": "Donker."}
    refused(thread_open, "signed_out", by=None, room=room, **wanted)


def test_a_manager_renames_closes_and_reopens(room: Room) -> None:
    manager, thread = given.a_manager(), given.a_thread(room)
    wanted = {"by": manager, "room": room, "thread": thread.pk}
    verified(thread_rename, **wanted, title="Licht op de Kade")
    verified(thread_close, **wanted, reason="Beantwoord.")
    closed = snapshot(fresh(room)).threads[-1]
    assert (closed.title, closed.state, closed.reason) == (
        "Licht op de Kade",
        "closed",
        "Beantwoord.",
    )
    verified(thread_reopen, **wanted)
    assert (snapshot(fresh(room)).threads[-1].state, snapshot(fresh(room)).threads[-1].reason) == (
        "open",
        None,
    )
    verified(message_post, by=given.a_resident(), room=room, thread=thread.pk, body="Weer open")


def test_a_title_and_a_reason_are_never_empty_or_endless(room: Room) -> None:
    wanted = {"by": given.a_manager(), "room": room, "thread": given.a_thread(room).pk}
    other, elsewhere = given.a_thread(room), given.a_room()
    for words, code in ((" ", "empty"), ("x" * 501, "too_long")):
        refused(thread_rename, code, **wanted, title=words)
        refused(thread_close, code, **wanted, reason=words)
        refused(thread_merge, code, **wanted, into=other.pk, reason=words)
        with verify_change(elsewhere, changes=False):
            refused(thread_move, code, **wanted, to_room=elsewhere.slug, reason=words)


def test_only_what_is_closed_is_reopened(room: Room) -> None:
    wanted = {"by": given.a_manager(), "room": room}
    thread, goal = given.a_thread(room), given.a_thread(room)
    refused(thread_reopen, "not_closed", **wanted, thread=thread.pk)
    do(thread_merge, **wanted, thread=thread.pk, into=goal.pk, **WHY)
    refused(thread_reopen, "not_closed", **wanted, thread=thread.pk)


def test_merging_keeps_every_message_in_the_order_of_writing(room: Room) -> None:
    manager = given.a_manager()
    one, two = given.a_thread(room, body="1"), given.a_thread(room, body="2")
    for body, thread in (("3", one), ("4", two), ("5", one)):
        given.a_message(room, thread, body)
    verified(thread_merge, by=manager, room=room, thread=one.pk, into=two.pk, **WHY)
    assert bodies(room, two.pk) == list("12345")
    source, goal = snapshot(fresh(room)).threads
    assert (source.state, source.merged_into, source.messages) == ("merged", two.pk, 0)
    assert (source.reason, goal.messages, goal.state) == (WHY["reason"], 5, "open")


def test_what_was_merged_takes_part_where_it_is_now(room: Room) -> None:
    manager, fatima = given.a_manager(), given.a_resident()
    one, two, three = (given.a_thread(room) for _ in range(3))
    message = given.a_message(room, one, by=fatima)
    with verify_change(room):
        do(thread_merge, by=manager, room=room, thread=one.pk, into=two.pk, **WHY)
        do(thread_merge, by=manager, room=room, thread=two.pk, into=three.pk, **WHY)
        do(message_edit, by=fatima, room=room, message=message.pk, body="Anders")
        given.a_message(room, three, reply_to=message.pk)
    assert bodies(room, three.pk)[-2:] == ["Anders", "Dat vind ik ook."]
    refused(message_post, "thread_closed", by=fatima, room=room, thread=one.pk, body="Hoi")


def test_a_thread_merges_only_with_another_open_one_here(room: Room) -> None:
    manager = given.a_manager()
    thread, closed = given.a_thread(room), given.a_thread(room)
    do(thread_close, by=manager, room=room, thread=closed.pk, reason="Klaar.")
    wanted = {"by": manager, "room": room, "thread": thread.pk, **WHY}
    refused(thread_merge, "same_thread", **wanted, into=thread.pk)
    refused(thread_merge, "thread_closed", **wanted, into=closed.pk)
    refused(thread_merge, "no_thread", **wanted, into=given.a_thread(given.a_room()).pk)


def test_moving_leaves_a_signpost_and_takes_everything_along(room: Room) -> None:
    manager, fatima = given.a_manager(), given.a_resident()
    thread, goal = given.a_thread(room, "Licht", body="1", by=fatima), given.a_room("hof")
    given.a_message(goal)
    hidden = given.a_message(room, thread, "2")
    retracted = given.a_message(room, thread, "3", by=fatima)
    answer = given.a_message(room, thread, "4", reply_to=hidden.pk)
    do(
        message_hide,
        by=manager,
        room=room,
        message=hidden.pk,
        ground="insult",
        reason="Scheldwoord.",
    )
    do(message_retract, by=fatima, room=room, message=retracted.pk)
    do(stance_take, by=fatima, room=room, message=answer.pk, value="agree")
    with verify_change(room, goal) as told:
        done = do(thread_move, by=manager, room=room, thread=thread.pk, to_room="hof", **WHY)
    signpost = snapshot(fresh(room)).threads[-1]
    assert (signpost.id, signpost.state, signpost.moved_to) == (done.id, "moved", "hof")
    assert (signpost.messages, bodies(room, thread.pk)) == (0, [])
    there = snapshot(fresh(goal))
    assert (there.threads[-1].title, there.threads[-1].messages) == ("Licht", 4)
    moved = there.messages[-4:]
    assert [m.body for m in moved] == ["1", None, None, "4"]
    assert [m.state for m in moved] == ["shown", "hidden", "retracted", "shown"]
    assert (moved[3].reply_to, moved[3].tally.agree) == (hidden.pk, 1)
    assert moved[0].author is not None
    assert moved[0].author.name == "Fatima"
    assert told[goal.pk].kinds == ["thread.opened"] + ["message.posted"] * 4
    assert told[room.pk].kinds == ["thread.moved"]


def test_what_was_moved_takes_part_where_it_is_now(room: Room) -> None:
    manager, fatima, goal = given.a_manager(), given.a_resident(), given.a_room("hof")
    message = given.a_message(room, by=fatima)
    wanted = {"by": manager, "to_room": "hof", **WHY}
    do(thread_move, room=room, thread=message.thread_id, **wanted)
    verified(message_edit, by=fatima, room=goal, message=message.pk, body="Anders")
    verified(stance_take, by=given.a_resident(), room=goal, message=message.pk, value="unsure")
    verified(message_post, by=fatima, room=goal, thread=goal.threads.get().pk, body="Verder hier")
    refused(message_edit, "no_message", by=fatima, room=room, message=message.pk, body="x")
    refused(thread_move, "thread_closed", room=room, thread=message.thread_id, **wanted)


def test_a_thread_that_went_and_came_back_is_told_right_to_who_was_away(room: Room) -> None:
    manager, fatima, other = given.a_manager(), given.a_resident(), given.a_room("hof")
    message = given.a_message(room, by=fatima)
    with verify_change(room, other):
        do(message_edit, by=fatima, room=room, message=message.pk, body="Een")
        wanted = {"by": manager, **WHY}
        do(thread_move, room=room, thread=message.thread_id, to_room="hof", **wanted)
        do(message_edit, by=fatima, room=other, message=message.pk, body="Twee")
        do(thread_move, room=other, thread=other.threads.get().pk, to_room=room.slug, **wanted)
        do(message_edit, by=fatima, room=room, message=message.pk, body="Drie")
    assert snapshot(fresh(room)).messages[-1].body == "Drie"
    assert snapshot(fresh(other)).messages == []


def test_a_thread_moves_only_to_another_room_that_is_there(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {"by": given.a_manager(), "room": room, "thread": given.a_thread(room).pk, **WHY}
    refused(thread_move, "same_room", **wanted, to_room=room.slug)
    refused(thread_move, "no_room", **wanted, to_room="nergens")
    refused(thread_move, "not_open", **wanted, to_room=given.a_draft("plan").slug)
    goal = given.a_room("hof")
    monkeypatch.setattr(module, "MOVE_LIMIT", 0)
    refused(thread_move, "too_many", **wanted, to_room=goal.slug)


def test_order_in_the_threads_is_kept_by_managers_alone(room: Room) -> None:
    thread, other = given.a_thread(room), given.a_thread(room)
    for person in (given.a_resident(), given.an_official(), given.a_council_member()):
        wanted = {"by": person, "room": room, "thread": thread.pk}
        refused(thread_rename, "not_allowed", **wanted, title="Anders")
        refused(thread_merge, "not_allowed", **wanted, into=other.pk, **WHY)
        refused(thread_close, "not_allowed", **wanted, **WHY)
        refused(thread_reopen, "not_allowed", **wanted)
        refused(thread_move, "not_allowed", **wanted, to_room=given.a_room().slug, **WHY)


def test_what_is_closed_is_left_alone_until_it_is_reopened(room: Room) -> None:
    manager, thread = given.a_manager(), given.a_thread(room)
    wanted = {"by": manager, "room": room, "thread": thread.pk}
    do(thread_close, **wanted, reason="Klaar.")
    refused(thread_close, "thread_closed", **wanted, reason="Nog eens.")
    refused(thread_rename, "thread_closed", **wanted, title="Anders")
    refused(thread_merge, "thread_closed", **wanted, into=given.a_thread(room).pk, **WHY)
    assert Thread.objects.get(pk=thread.pk).reason == "Klaar."
