"""Watches point out what a person should look at; they hide nothing, and say why."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from deliberation.people.models import Person
from moderation import watching
from moderation.models import Case, Decision, Signal, WatchCursor, WatchList
from moderation.selectors.queue import queue, subject
from moderation.services import case_leave, message_hide, message_report
from moderation.watching import watches_follow
from moderation.watchlists import lists_in_use
from rooms.models import Message, Room
from rooms.services import message_edit, message_retract
from tests import given
from tests.doing import do
from tests.fakes import EVENING
from tests.verify import verify_change

pytestmark = pytest.mark.django_db
SOON = EVENING + timedelta(minutes=1)
BAD = "Jij bent een klootzak."


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def boos() -> Person:
    return given.a_resident("Boos", joined_at=EVENING - timedelta(days=30))


def follow(minutes: int = 1) -> None:
    watches_follow(at=EVENING + timedelta(minutes=minutes))


def kinds() -> list[str]:
    return list(Signal.objects.order_by("pk").values_list("kind", flat=True))


def test_what_is_found_becomes_a_case_and_the_message_stays(room: Room, boos: Person) -> None:
    message = given.a_message(room, body=BAD, by=boos)
    with verify_change(room) as told:
        follow()
    assert (told[room.pk].public, told[room.pk].kinds) == ([], ["case.changed"])
    assert Message.objects.get(pk=message.pk).is_shown
    found = subject(Case.objects.get(), given.a_manager().pk, at=SOON)
    with override("en"):
        assert found.signals[0].sentence() == (
            "The word \u201cklootzak\u201d stands in the list \u201cBeledigingen\u201d."
        )
    assert found.ground == "insult"


def test_a_second_round_finds_nothing_new(room: Room, boos: Person) -> None:
    given.a_message(room, body=BAD, by=boos)
    follow()
    with verify_change(room, changes=False):
        follow()
    assert Case.objects.count() == 1


def test_ordinary_words_are_no_case(room: Room, boos: Person) -> None:
    given.a_message(room, body="Kan er een bankje komen?", by=boos)
    follow()
    assert not Case.objects.exists()


def test_what_is_put_in_later_is_found_too(room: Room, boos: Person) -> None:
    message = given.a_message(room, body="Goedemorgen.", by=boos)
    follow()
    do(message_edit, by=boos, room=room, message=message.pk, body=BAD)
    follow()
    assert Case.objects.get().message == message


def test_what_was_looked_at_is_pointed_out_again_only_for_something_new(
    room: Room, boos: Person
) -> None:
    message = given.a_message(room, body=BAD, by=boos)
    follow()
    do(case_leave, by=given.a_manager(), room=room, case=Case.objects.get().pk, reason="Mag.")
    edit = {"by": boos, "room": room, "message": message.pk}
    do(message_edit, body=f"{BAD} Echt.", at=SOON, **edit)
    follow()
    assert Case.objects.count() == 1
    do(message_edit, body=f"{BAD} Je bent een idioot.", at=SOON, **edit)
    follow()
    assert Case.objects.undecided().count() == 1


def test_what_a_person_looked_at_first_is_left_alone(room: Room, boos: Person) -> None:
    message = given.a_message(room, body=BAD, by=boos)
    wanted = {"message": message.pk, "ground": "spam"}
    do(message_report, by=given.a_resident("Fatima"), room=room, **wanted)
    do(case_leave, by=given.a_manager(), room=room, case=Case.objects.get().pk, reason="Mag.")
    follow()
    assert not Case.objects.undecided().exists()


def test_a_flood_and_the_same_again_are_found(room: Room, boos: Person) -> None:
    thread = given.a_thread(room)
    for _ in range(8):
        given.a_message(room, thread, "Kom allemaal naar de markt in de oude hal", by=boos)
    follow()
    assert {"flood", "same"} <= set(kinds())


def test_a_borrowed_name_is_found(room: Room) -> None:
    given.a_manager("Mieke de Vries")
    given.a_message(room, body="Goedemorgen.", by=given.a_resident("M1eke de Vries"))
    follow()
    assert kinds() == ["name"]


def test_staff_the_hidden_and_the_old_are_passed_over(room: Room, boos: Person) -> None:
    given.a_message(room, body=BAD, by=given.an_official())
    hidden = given.a_message(room, body=BAD, by=boos)
    wanted = {"message": hidden.pk, "ground": "insult", "reason": "Scheldt."}
    do(message_hide, by=given.a_manager(), room=room, **wanted)
    follow()
    given.a_message(room, body=BAD, by=boos)
    follow(minutes=60 * 25)
    assert not Case.objects.exists()


def test_reading_goes_on_where_it_stopped(
    room: Room, boos: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moderation.watching.AT_ONCE", 2)
    thread = given.a_thread(room)
    for _ in range(5):
        given.a_message(room, thread, BAD, by=boos)
    for read in (2, 4, 6, 8, 8):
        follow()
        assert WatchCursor.objects.get(room=room).seq == read
    assert Case.objects.count() == 5


def test_what_changed_while_it_looked_is_left_alone(
    room: Room, boos: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = given.a_message(room, body=BAD, by=boos)
    look = watching._look

    def slowly(*words: Any) -> Iterator[Any]:
        yield from look(*words)
        do(message_retract, by=boos, room=room, message=message.pk)

    monkeypatch.setattr(watching, "_look", slowly)
    follow()
    assert not Case.objects.exists()


def test_of_two_that_look_at_once_one_writes(
    room: Room, boos: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    given.a_message(room, body=BAD, by=boos)
    look = watching._look

    def overtaken(*words: Any) -> Iterator[Any]:
        yield from look(*words)
        monkeypatch.setattr(watching, "_look", look)
        follow()

    monkeypatch.setattr(watching, "_look", overtaken)
    follow()
    assert Signal.objects.count() == 1
    assert Case.objects.count() == 1


def test_a_decision_says_that_the_software_pointed_it_out(room: Room, boos: Person) -> None:
    given.a_message(room, body=BAD, by=boos)
    follow()
    case = Case.objects.get()
    do(case_leave, by=given.a_manager(), room=room, case=case.pk, reason="Mag.")
    assert Decision.objects.get().source == "watch"


def test_a_report_weighs_more_than_what_the_software_says(room: Room, boos: Person) -> None:
    given.a_message(room, body="Ik maak je dood.", by=boos)
    given.a_message(room, body=BAD, by=boos)
    follow()
    first = queue(given.a_manager().pk, at=SOON).cases[0]
    assert first.message.body == "Ik maak je dood."
    assert first.risk < 100


def test_a_list_of_this_place_is_used_and_another_put_off(room: Room, boos: Person) -> None:
    text = "# name: Eigen\n# language: nl\n# ground: off_topic\npaardenmarkt"
    fields = {"changed_at": EVENING, "is_on": True}
    WatchList.objects.create(name="Eigen", text=text, **fields)
    WatchList.objects.create(name="Beledigingen", **(fields | {"is_on": False}))
    names = [one.name for one in lists_in_use()]
    assert "Eigen" in names
    assert "Beledigingen" not in names
    given.a_message(room, body=BAD, by=boos)
    given.a_message(room, body="Kom naar de paardenmarkt.", by=boos)
    follow()
    assert [one.ground for one in Signal.objects.all()] == ["off_topic"]
