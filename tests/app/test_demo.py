"""The demonstration is there at once, looks like today, and is loaded only once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from deliberation.__main__ import main
from deliberation.config.commands import demo_command
from deliberation.config.demo.load import load
from deliberation.config.demo.script import setting, steps
from deliberation.people.models import Person
from deliberation.people.views.demo import ROLES
from rooms.models import Message, MessageState, Room, Stance
from rooms.selectors.needs_me import needs_me
from rooms.selectors.opening import Window, opening
from tests import given
from tests.verify import everything

NOW = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def room(db: None) -> Room:
    return load(now=NOW)[0]


def test_three_long_conversations_of_different_kinds(room: Room) -> None:
    threads = [thread for thread in room.threads.all() if thread.message_count > 20]
    assert sorted(thread.kind for thread in threads) == ["idea", "need", "question"]
    assert 90 <= room.messages.count() <= 130
    writers = Person.objects.filter(messages__room=room, roles=[]).distinct()
    assert writers.count() == 12


def test_everything_happened_in_the_weeks_before_now(room: Room) -> None:
    times = list(room.messages.order_by("seq").values_list("at", flat=True))
    assert times == sorted(times)
    assert NOW - timedelta(days=30) < times[0]
    assert NOW - timedelta(days=2) < times[-1] < NOW
    assert room.opened_at is not None
    assert room.opened_at < times[0]
    assert all(at < NOW for at in Stance.objects.values_list("at", flat=True))


def test_one_message_is_edited_one_retracted_and_one_hidden_with_a_reason(room: Room) -> None:
    edited = Message.objects.exclude(edited_at=None).get()
    assert edited.revisions.count() == 1
    assert Message.objects.get(state=MessageState.RETRACTED).body == ""
    assert Message.objects.get(state=MessageState.HIDDEN).ground


def test_one_evening_was_held_and_one_is_to_come(room: Room) -> None:
    held, planned = room.meetings.all()
    assert (held.phase, planned.phase) == ("closed", "planned")
    assert held.ends_at < NOW < planned.starts_at
    assert [poll.voters for poll in held.polls.all()] == [8, 7]
    assert held.agreements.count() == 2
    page = Client().get(f"/r/{room.slug}/bijeenkomsten/{held.pk}/").content.decode()
    assert "Een bankje in de zon" in page
    assert "We kijken zaterdag om half een samen op het pleintje." in page


def test_tallies_are_those_of_the_stances(room: Room) -> None:
    for message in room.messages.all():
        values = list(message.stances.values_list("value", flat=True))
        counted = tuple(values.count(name) for name in ("agree", "disagree", "unsure"))
        assert (message.agree, message.disagree, message.unsure) == counted


def test_every_name_is_one_that_a_resident_may_choose() -> None:
    from deliberation.people import names  # the rules of joining, without looking at staff

    for words in setting()["people"].values():
        assert not names.has_odd_signs(words["name"])
        assert not names.poses_as_office(words["name"])


def test_nothing_happens_before_the_message_it_is_about() -> None:
    posted = {step.message: step.at for step in steps(now=NOW, manager="m") if step.kind == "post"}
    for step in steps(now=NOW, manager="m"):
        assert step.at >= posted[step.message]
        assert not step.reply_to or posted[step.reply_to] < step.at


def test_loading_it_again_changes_nothing(room: Room) -> None:
    before = everything()
    again, made = load(now=NOW + timedelta(days=3))
    assert (again, made) == (room, False)
    assert everything() == before


@pytest.mark.parametrize("hour", [0, 9, 23])
def test_a_question_without_an_answer_and_a_quiet_conversation_wait_for_the_manager(
    db: None, hour: int
) -> None:
    now = NOW.replace(hour=hour)
    room, _ = load(now=now)
    waiting = needs_me([room], at=now)
    assert [thread.title for thread in waiting.questions.items] == [
        "Wanneer doet de lamp in het fietstunneltje het weer?"
    ]
    assert [thread.title for thread in waiting.quiet.items] == ["Burendag: wie helpt er mee?"]


def test_the_room_opens_for_a_visitor(room: Room) -> None:
    found = opening(given.acting(None, at=NOW), room, Window(), at=NOW)
    assert found.snapshot.messages
    assert found.snapshot.room.charter is not None


def test_every_role_can_be_tried(room: Room, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    assert set(demo_command.ROLES) == set(ROLES)
    for role in ROLES:
        client = Client()
        client.get(f"/demo/{role}/")
        person = Person.objects.get(source=f"demo:{role}")
        assert client.session["_auth_user_id"] == str(person.pk)


def test_a_demonstration_is_no_production(
    settings: object,
    db: None,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DELIBERATION_DEMO", "1")
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    before = everything()
    assert main(["demo"]) == 2
    assert "production" in capsys.readouterr().err
    assert everything() == before


def test_the_addresses_name_the_room_and_each_sign_in() -> None:
    said = demo_command.addresses("http://127.0.0.1:8000", ["lindenkwartier"])
    assert "http://127.0.0.1:8000/r/lindenkwartier/" in said
    for role in ROLES:
        assert f"http://127.0.0.1:8000/demo/{role}/" in said
