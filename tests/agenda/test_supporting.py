"""Residents want an answer; enough of them, from enough places, and the municipality owes one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from deliberation.agenda.models import Follow, Move, Need, NeedState, Support
from deliberation.agenda.selectors.backing import Backing, backing
from deliberation.agenda.services.following import need_follow, need_unfollow
from deliberation.agenda.services.supporting import need_support, need_unsupport
from deliberation.eventlog import doorbell
from deliberation.people.models import Person
from rooms.models import Room
from tests import given
from tests.agenda.doing import do, refused, told
from tests.agenda.given import a_need, move
from tests.fakes import EVENING
from tests.verify import verify_change

ALL_AT_ONCE = 200


@pytest.fixture(autouse=True)
def threshold(settings: Any) -> None:
    settings.NEED_PEOPLE, settings.NEED_BREADTH = 3, 2


@pytest.fixture
def room(db: None) -> Room:
    return given.a_room("plein")


@pytest.fixture
def need(room: Room) -> Need:
    return a_need(room)


def now(need: Need) -> Need:
    return Need.objects.get(pk=need.pk)


def supported(need: Need, *streets: str) -> None:
    """By someone from each of these streets."""
    for street in streets:
        do(need_support, by=given.a_resident(f"Uit {street}"), need=need.pk, street=street)


def test_support_is_told_in_every_room_of_the_neighbourhood_and_counts_once(
    room: Room, need: Need
) -> None:
    hof, fatima = given.a_room("hof"), given.a_resident()
    told(need_support, room, hof, by=fatima, kinds=["need.changed"], need=need.kenmerk)
    with verify_change(room, hof, changes=False):
        do(need_support, by=fatima, need=need.pk, street="Kade", at=EVENING + timedelta(days=1))
    assert Support.objects.get().street == ""
    assert backing(need.pk) == Backing(people=1, breadth=0)


def test_support_is_taken_back_by_who_gave_it(room: Room, need: Need) -> None:
    fatima = given.a_resident()
    do(need_support, by=fatima, need=need.pk)
    told(need_unsupport, room, by=fatima, kinds=["need.changed"], need=need.pk)
    with verify_change(room, changes=False):
        do(need_unsupport, by=fatima, need=need.pk)
    assert backing(need.pk) == Backing()


def test_who_wrote_about_it_comes_from_that_conversation(room: Room) -> None:
    fatima, henk, ali = (given.a_resident(name) for name in ("Fatima", "Henk", "Ali"))
    licht, straat = given.a_thread(room, "Licht"), given.a_thread(room, "Straat")
    need = a_need(room, [given.a_message(room, licht, by=fatima)])
    do(need_support, by=fatima, need=need.pk)
    do(need_support, by=henk, need=need.pk, thread=straat.pk)
    do(need_support, by=ali, need=need.pk, street="  Kade\n 12 ")
    rows = Support.objects.order_by("pk").values_list("thread", "street")
    assert list(rows) == [(licht.pk, ""), (straat.pk, ""), (None, "Kade 12")]
    assert backing(need.pk).breadth == 2  # two conversations, or one street


def test_breadth_is_conversations_or_streets_and_never_both_added_up(
    room: Room, need: Need
) -> None:
    thread = given.a_thread(room)
    do(need_support, by=given.a_resident(), need=need.pk, thread=thread.pk, street="Kade")
    supported(need, "kade", "KADE")
    assert backing(need.pk) == Backing(people=3, breadth=1)
    assert now(need).state == NeedState.ON_AGENDA


def test_a_conversation_elsewhere_is_no_place_to_come_from(room: Room, need: Need) -> None:
    far = given.a_room("ver")
    Room.objects.filter(pk=far.pk).update(neighbourhood=given.a_neighbourhood("ver", "Ver"))
    thread = given.a_thread(far)
    for wrong in (thread.pk, 10**9):
        refused(need_support, "no_thread", room, by=given.a_resident(), need=need.pk, thread=wrong)


def test_at_the_threshold_the_municipality_owes_an_answer_by_itself(room: Room, need: Need) -> None:
    supported(need, "Kade", "Kade")
    last = given.a_resident()
    told(need_support, room, by=last, kinds=["need.asked"], need=need.pk, street="Laan")
    found = now(need)
    assert (found.state, found.asked_by_support_at) == (NeedState.ASKED, EVENING)
    assert (found.asked_at, found.body) == (EVENING, "staff")
    assert str(found.due_on) == found.due["on"] == "2026-03-30"
    assert found.due["policy"] == "2026-1"
    step = Move.objects.get(need=need, target=NeedState.ASKED)
    assert step.actor is None


@pytest.mark.parametrize("streets", [["A", "B"], ["A", "A", "A", "A"], ["", "", ""]])
def test_people_alone_or_places_alone_are_not_enough(need: Need, streets: list[str]) -> None:
    supported(need, *streets)
    assert now(need).state == NeedState.ON_AGENDA


def test_without_a_breadth_people_alone_are_enough(need: Need, settings: Any) -> None:
    settings.NEED_BREADTH = 1
    supported(need, "", "", "")
    assert now(need).state == NeedState.ASKED


def test_taking_support_back_never_takes_the_question_back(room: Room, need: Need) -> None:
    supported(need, "A", "B")
    fatima = given.a_resident()
    do(need_support, by=fatima, need=need.pk)
    asked = now(need)
    told(need_unsupport, room, by=fatima, kinds=["need.changed"], need=need.pk)
    assert now(need).state == NeedState.ASKED
    told(need_support, room, by=fatima, kinds=["need.changed"], need=need.pk)
    assert (now(need).due_on, now(need).asked_by_support_at) == (asked.due_on, EVENING)
    assert Move.objects.filter(need=need, target=NeedState.ASKED).count() == 1


def test_what_was_asked_by_support_and_put_back_is_not_asked_by_itself_again(need: Need) -> None:
    supported(need, "A", "B", "C")
    move(need, NeedState.CLOSED, NeedState.ON_AGENDA)
    supported(need, "D")
    assert now(need).state == NeedState.ON_AGENDA


@pytest.mark.parametrize("state", [NeedState.ANSWERED, NeedState.DONE, NeedState.CLOSED])
def test_what_is_answered_or_closed_needs_no_support(room: Room, state: NeedState) -> None:
    need = a_need(room, state=state)
    refused(need_support, "wrong_state", room, by=given.a_resident(), need=need.pk)


def test_who_is_banned_everywhere_gives_no_support(room: Room, need: Need) -> None:
    here, everywhere = given.a_resident("Otto"), given.a_resident("Rita")
    given.a_ban(here, room)
    given.a_ban(everywhere, room, everywhere=True)
    do(need_support, by=here, need=need.pk)
    refused(need_support, "banned", room, by=everywhere, need=need.pk)
    refused(need_support, "signed_out", room, by=None, need=need.pk)


def test_following_is_known_to_nobody_else(room: Room, need: Need) -> None:
    fatima = given.a_resident()
    given.a_ban(fatima, room, everywhere=True)
    for _ in range(2):
        do(need_follow, by=fatima, need=need.kenmerk)
    assert Follow.objects.get().person == fatima
    for _ in range(2):
        do(need_unfollow, by=fatima, need=need.kenmerk)
    assert not Follow.objects.exists()
    refused(need_follow, "signed_out", room, by=None, need=need.pk)


# All at once, each on a connection of its own


def at_once(tasks: list[Callable[[], Any]]) -> None:
    """Run the tasks in threads that start together; on PostgreSQL each in one of its own.

    There they wait for each other's connections as well, longer than people would.
    """
    most = 8
    if connection.vendor == "postgresql":
        most = len(tasks)
        patient: Any = connection
        patient.pool.timeout = 120
    ready = Barrier(most)

    def run(mine: list[Callable[[], Any]]) -> None:
        try:
            ready.wait(timeout=60)
            for task in mine:
                task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(most) as pool:
        list(pool.map(run, [tasks[start::most] for start in range(most)]))


@pytest.mark.django_db(transaction=True)
def test_of_two_hundred_at_once_exactly_one_makes_the_municipality_owe_an_answer(
    settings: Any,
) -> None:
    rooms = [given.a_room("plein"), given.a_room("hof")]
    need = a_need(rooms[0])
    threads = [given.a_thread(room).pk for room in rooms]
    count = ALL_AT_ONCE if connection.vendor == "postgresql" else ALL_AT_ONCE // 5
    settings.NEED_PEOPLE = count // 2
    people = Person.objects.bulk_create(Person(name=f"Bewoner {n}") for n in range(count))
    heard: list[doorbell.Rung] = []
    doorbell.listen(heard.append)
    try:
        at_once(
            [
                partial(do, need_support, by=person, need=need.pk, thread=threads[number % 2])
                for number, person in enumerate(people)
            ]
        )
    finally:
        doorbell.forget(heard.append)
    kinds = [event.__struct_config__.tag for rung in heard for event in rung.events]
    assert kinds.count("need.asked") == len(rooms)
    assert kinds.count("need.changed") == (count - 1) * len(rooms)
    assert Move.objects.filter(need=need, target=NeedState.ASKED).count() == 1
    assert backing(need.pk).people == count
    assert now(need).asked_by_support_at == EVENING


@pytest.mark.django_db(transaction=True)
def test_one_person_who_presses_many_times_at_once_counts_once() -> None:
    room = given.a_room("plein")
    need, fatima = a_need(room), given.a_resident()
    at_once([lambda: do(need_support, by=fatima, need=need.pk)] * 30)
    assert backing(need.pk).people == 1
