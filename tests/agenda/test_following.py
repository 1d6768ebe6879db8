"""The follower keeps the agenda beside the rooms, wherever it is stopped."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from deliberation.__main__ import main
from deliberation.agenda.follow import Follower, storing
from deliberation.agenda.follow.stored import stored_for
from deliberation.agenda.models import (
    AgendaCursor,
    Need,
    NeedState,
    Suggestion,
)
from deliberation.agenda.payloads import NewNeed, payload_of
from deliberation.agenda.selectors.lag import lag
from deliberation.agenda.selectors.words import titles
from deliberation.agenda.services.accepting import need_accept
from deliberation.agenda.services.announcing import agenda_writing
from deliberation.eventlog.models import Stream
from deliberation.protocol.events import NeedChanged
from moderation.services import message_hide, message_restore
from rooms.models import Message, Room
from rooms.privacy.erasing import erase
from rooms.services import message_edit, message_retract, thread_move
from tests import given
from tests.doing import do
from tests.fakes import EVENING
from tests.verify import Heard, verify_change

from .talk import MORE, SAID, Talk, a_talk

pytestmark = pytest.mark.django_db
WRITING = "deliberation.agenda.follow.reading.agenda_writing"
TIME = "2026-03-02T20:00:00"


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def talk(room: Room) -> Talk:
    return a_talk(room)


def follow(follower: Follower | None = None) -> None:
    """A round to the end, by a follower that remembers nothing unless one is given."""
    (follower or Follower()).catch_up(at=EVENING)


def need_of(messages: list[Message]) -> Need:
    """The need that rests on the first of these."""
    return Need.objects.get(evidence__message=messages[0])


def rests_on(need: Need) -> set[int]:
    return set(need.evidence.values_list("message", flat=True))


def ids(messages: list[Message]) -> set[int]:
    return {message.pk for message in messages}


def accepted(need: Need) -> Need:
    return need_accept(actor=given.acting(given.a_manager()), need=need.pk, at=EVENING)


def rows() -> dict[str, Any]:
    """What is stored about needs, whatever the ids of the rows are."""
    return {
        titles([need.pk]).get(need.pk, ""): {
            "state": need.state,
            "theme": need.theme,
            "rests_on": sorted(need.evidence.values_list("message", "kind")),
            "cites": list(
                need.sentences.values_list("place", "citations__message", "citations__start")
            ),
            "suggested": list(need.suggestions.values_list("kind", "people", "state")),
        }
        for need in Need.objects.all()
    }


def test_what_is_said_becomes_needs_with_their_sources(talk: Talk) -> None:
    follow()
    assert Need.objects.count() == len(SAID)
    for messages in talk.values():
        need = need_of(messages)
        assert need.state == NeedState.SUGGESTED
        assert need.kenmerk is None
        assert rests_on(need) == ids(messages)
        assert any(titles([need.pk])[need.pk] in message.body for message in messages)


def test_each_waits_in_the_queue_with_what_the_engine_found(talk: Talk) -> None:
    follow()
    need = need_of(talk["zebra"])
    suggestion = need.suggestions.get()
    payload = payload_of(suggestion)
    assert (suggestion.kind, suggestion.state, suggestion.people) == ("new", "open", 4)
    assert isinstance(payload, NewNeed)
    assert set(payload.parts) == ids(talk["zebra"])
    assert not any(body in str(suggestion.payload) for bodies in SAID.values() for body in bodies)


def test_a_second_time_changes_not_one_row(room: Room, talk: Talk) -> None:
    follower = Follower()
    follow(follower)
    for again in (follower, Follower(), Follower()):
        with verify_change(room, changes=False):
            follow(again)


def test_a_follower_that_remembers_nothing_changes_no_need(room: Room, talk: Talk) -> None:
    follow()
    before = list(Need.objects.values()), rows()
    given.a_message(room, talk["zebra"][0].thread, "Fijne avond allemaal!")
    follow(Follower())
    assert (list(Need.objects.values()), rows()) == before


def test_one_at_a_time_and_all_at_once_give_the_same_needs(room: Room) -> None:
    thread = given.a_thread(room, body="Goedemorgen allemaal!")
    follower = Follower()
    for row in zip(*SAID.values(), strict=True):
        for body in row:
            given.a_message(room, thread, body)
            follow(follower)
    seen = rows()
    Need.objects.all().delete()
    AgendaCursor.objects.all().delete()
    follow()
    assert rows() == seen


@pytest.mark.parametrize("step", ["sentences_store", "evidence_store", "_suggest", "_says"])
@pytest.mark.parametrize("count", [0, 1, 2])
def test_stopped_anywhere_it_stores_nothing_and_goes_on(
    room: Room, talk: Talk, monkeypatch: pytest.MonkeyPatch, step: str, count: int
) -> None:
    follower, left = Follower(), [count]
    ordinary = getattr(storing, step)

    def stops(*args: Any, **named: Any) -> Any:
        if left[0] == 0:
            raise ConnectionError
        left[0] -= 1
        return ordinary(*args, **named)

    with monkeypatch.context() as patched, verify_change(room, changes=False):
        patched.setattr(storing, step, stops)
        with pytest.raises(ConnectionError):
            follow(follower)
    follow(follower)
    assert Need.objects.count() == Suggestion.objects.count() == len(SAID)


def test_stopped_in_the_engine_it_reads_the_room_again(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower = Follower()
    with monkeypatch.context() as patched:
        patched.setattr("deliberation.agenda.follow.memory.update", _stops)
        with pytest.raises(ConnectionError):
            follow(follower)
    follow(follower)
    assert {frozenset(rests_on(need)) for need in Need.objects.all()} == {
        frozenset(ids(messages)) for messages in talk.values()
    }


def _stops(*_args: Any) -> None:
    raise ConnectionError


def test_of_two_followers_at_once_one_stands_aside(
    room: Room, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordinary = agenda_writing
    others = [Follower()]

    def first_the_other(neighbourhood: int) -> Any:
        if others:
            follow(others.pop())
        return ordinary(neighbourhood)

    monkeypatch.setattr(WRITING, first_the_other)
    follow()
    assert Need.objects.count() == Suggestion.objects.count() == len(SAID)
    with verify_change(room, changes=False):
        follow()


def test_what_is_hidden_while_the_engine_works_is_not_quoted(
    room: Room, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordinary = agenda_writing
    manager, waiting = given.a_manager(), list(talk["zebra"][:1])

    def first_hidden(neighbourhood: int) -> Any:
        if waiting:
            hide(room, waiting.pop(), by=manager)
        return ordinary(neighbourhood)

    monkeypatch.setattr(WRITING, first_hidden)
    follow()
    assert rests_on(need_of(talk["zebra"][1:])) == ids(talk["zebra"][1:])


def people(heard: Heard) -> list[int]:
    """The breadth of each need that a room was told of."""
    return [event.need.people for event in heard.public if isinstance(event, NeedChanged)]


def hide(room: Room, message: Message, by: Any = None) -> None:
    manager = by or given.a_manager()
    do(message_hide, by=manager, room=room, message=message.pk, ground="insult", reason="Schelden.")


def test_a_hidden_message_leaves_a_suggested_need_without_the_engine(
    room: Room, talk: Talk
) -> None:
    follow()
    need = need_of(talk["zebra"])
    hide(room, talk["zebra"][3])
    Follower().tell(at=EVENING)
    assert rests_on(need) == ids(talk["zebra"][:3])


def test_a_suggested_need_with_too_little_left_is_gone_at_once(room: Room, talk: Talk) -> None:
    follow()
    for message in talk["zebra"][:2]:
        hide(room, message)
    Follower().tell(at=EVENING)
    assert not Need.objects.filter(evidence__message__in=ids(talk["zebra"])).exists()
    assert Suggestion.objects.count() == len(SAID) - 1
    follow()
    assert Need.objects.count() == len(SAID) - 1


def test_screens_hear_of_a_need_whose_source_is_hidden_and_shown_again(
    room: Room, talk: Talk
) -> None:
    follow()
    need = accepted(need_of(talk["zebra"]))
    manager = given.a_manager()
    follower = Follower()
    hide(room, talk["zebra"][0], by=manager)
    with verify_change(room) as told:
        follower.tell(at=EVENING)
    assert people(told[room.pk]) == [3]
    do(message_restore, by=manager, room=room, message=talk["zebra"][0].pk, reason="Toch goed.")
    with verify_change(room) as told:
        follower.tell(at=EVENING)
    assert people(told[room.pk]) == [4]
    assert rests_on(need) == ids(talk["zebra"])
    with verify_change(room, changes=False):
        follower.tell(at=EVENING)
        Follower().tell(at=EVENING)


@pytest.mark.parametrize("way", ["edit", "retract", "erase"])
def test_screens_hear_of_a_need_whose_source_changes(room: Room, talk: Talk, way: str) -> None:
    follow()
    accepted(need_of(talk["zebra"]))
    message = talk["zebra"][0]
    author = message.author
    assert author is not None
    match way:
        case "edit":
            do(message_edit, by=author, room=room, message=message.pk, body="Laat maar.")
        case "retract":
            do(message_retract, by=author, room=room, message=message.pk)
        case "erase":
            erase(actor=given.acting(author), at=EVENING)
    with verify_change(room) as told:
        Follower().tell(at=EVENING)
    assert told[room.pk].kinds == ["need.changed"]


def test_a_restored_message_counts_again_in_a_suggested_need(room: Room, talk: Talk) -> None:
    follower, manager = Follower(), given.a_manager()
    follow(follower)
    hide(room, talk["zebra"][3], by=manager)
    follow(follower)
    assert rests_on(need_of(talk["zebra"])) == ids(talk["zebra"][:3])
    do(message_restore, by=manager, room=room, message=talk["zebra"][3].pk, reason="Toch goed.")
    follow(follower)
    assert rests_on(need_of(talk["zebra"])) == ids(talk["zebra"])


def test_an_edited_message_is_read_anew(room: Room, talk: Talk) -> None:
    follower, message = Follower(), talk["waste"][3]
    follow(follower)
    assert message.author
    do(message_edit, by=message.author, room=room, message=message.pk, body=MORE)
    follow(follower)
    assert message.pk not in rests_on(need_of(talk["waste"]))
    assert all(title for title in titles(list(Need.objects.values_list("pk", flat=True))).values())


def test_all_that_happened_in_a_long_absence_is_made_up_for(room: Room, talk: Talk) -> None:
    follower = Follower()
    follow(follower)
    thread = talk["zebra"][0].thread
    for number in range(30):
        given.a_message(room, thread, f"Dag buren, {number}!")
    hide(room, talk["light"][3])
    given.a_message(room, thread, MORE)
    follow(follower)
    assert rests_on(need_of(talk["zebra"])) > ids(talk["zebra"])
    assert rests_on(need_of(talk["light"])) == ids(talk["light"][:3])


def test_after_a_backup_is_put_back_the_room_is_read_anew(room: Room, talk: Talk) -> None:
    follower = Follower()
    follow(follower)
    before = rows()
    Stream.objects.filter(name=room.public_stream).update(epoch="teruggezet")
    follow(follower)
    assert rows() == before
    assert AgendaCursor.objects.get(room=room).epoch == "teruggezet"


def test_a_conversation_that_moves_takes_its_needs_along(room: Room, talk: Talk) -> None:
    follower, other = Follower(), given.a_room("plein")
    follow(follower)
    do(
        thread_move,
        by=given.a_manager(),
        room=room,
        thread=talk["zebra"][0].thread_id,
        to_room="plein",
        reason="Hoort daar.",
    )
    follow(follower)
    assert Need.objects.count() == Suggestion.objects.count() == len(SAID)
    found = {payload_of(one).room for one in Suggestion.objects.all()}
    assert found == {other.pk}


def test_with_the_summary_off_nothing_is_suggested(talk: Talk, settings: LazySettings) -> None:
    settings.SUMMARY = False
    follow()
    assert not Need.objects.exists()
    settings.SUMMARY = True
    follow()
    assert Need.objects.count() == len(SAID)


def test_new_words_wait_for_the_turn_of_their_room(room: Room, talk: Talk) -> None:
    steady = [0.0]
    follower = Follower(steady=lambda: steady[0])
    follower.look(at=EVENING)
    given.a_message(room, talk["zebra"][0].thread, MORE)
    follower.look(at=EVENING)
    assert rests_on(need_of(talk["zebra"])) == ids(talk["zebra"])
    steady[0] += 5
    follower.look(at=EVENING)
    assert rests_on(need_of(talk["zebra"])) > ids(talk["zebra"])


def test_a_room_that_can_not_be_read_keeps_no_other_waiting(
    room: Room, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordinary = stored_for
    other = given.a_room("plein")
    a_talk(other)

    def fails(one: Room) -> Any:
        if one.pk == room.pk:
            raise ConnectionError
        return ordinary(one)

    monkeypatch.setattr("deliberation.agenda.follow.reading.stored_for", fails)
    Follower().look(at=EVENING)
    assert Need.objects.count() == len(SAID)


def test_an_import_ends_on_its_agenda(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        json.dumps(
            {"id": f"{row}{subject}", "author": f"{row}{subject}", "time": TIME, "text": body}
        )
        for row, bodies in enumerate(zip(*SAID.values(), strict=True))
        for subject, body in zip(SAID, bodies, strict=True)
    ]
    source = tmp_path / "gesprek.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    assert main(["import", "jsonl", str(source), "--room", "kade"]) == 0
    assert "/n/kade/agenda/" in capsys.readouterr().out
    assert Need.objects.count() == len(SAID)


def test_how_far_behind_it_is_can_be_seen(room: Room, talk: Talk) -> None:
    follow()
    assert lag(at=EVENING + timedelta(hours=1)) == 0
    given.a_message(room, talk["zebra"][0].thread, MORE, at=EVENING + timedelta(minutes=1))
    given.a_message(room, talk["zebra"][0].thread, MORE, at=EVENING + timedelta(minutes=2))
    assert lag(at=EVENING + timedelta(minutes=3)) == 120
