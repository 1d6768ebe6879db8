"""Several writers at once, each on a connection of its own: one order, no gap, nothing twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from deliberation.eventlog import doorbell
from deliberation.eventlog.models import Event
from deliberation.eventlog.refs import Done
from rooms.models import Message, Room, Thread
from rooms.selectors import snapshot
from rooms.services import message_post, stance_take, thread_merge, thread_open
from tests import given
from tests.doing import do
from tests.verify import ALL, fold, fresh

pytestmark = [pytest.mark.django_db(transaction=True)]
WRITERS = 6


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """Run the tasks in threads that start together; their results in order."""
    ready = Barrier(len(tasks))

    def run(task: Callable[[], Any]) -> Any:
        try:
            ready.wait(timeout=20)
            return task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


def test_many_writers_make_one_gap_free_order(room: Room) -> None:
    people = [given.a_resident(f"Bewoner {number}") for number in range(WRITERS)]
    threads = [given.a_thread(room).pk for _ in range(2)]
    start, heard = snapshot(fresh(room), size=ALL), []

    def write(number: int) -> list[Done]:
        return [
            do(message_post, by=people[number], room=room, thread=threads[turn % 2], body=f"{turn}")
            for turn in range(10)
        ]

    doorbell.listen(heard.append)
    try:
        answers = at_once(*[lambda number=number: write(number) for number in range(WRITERS)])
    finally:
        doorbell.forget(heard.append)
    seqs = [done.seq for mine in answers for done in mine]
    end = snapshot(fresh(room), size=ALL)
    assert sorted(seqs) == list(range(start.head + 1, start.head + 1 + WRITERS * 10))
    assert end.head == max(seqs)
    for mine in answers:
        assert [done.seq for done in mine] == sorted(done.seq for done in mine)
    told = sorted((event for rung in heard for event in rung.events), key=lambda event: event.seq)
    assert fold(start, told) == end
    assert {thread.messages for thread in end.threads} == {1 + WRITERS * 5}


def _agree(answers: list[Done]) -> bool:
    return all(answer == answers[0] for answer in answers)


def test_the_same_command_sent_twice_at_once_is_carried_out_once(room: Room) -> None:
    fatima, thread = given.a_resident(), given.a_thread(room).pk
    for turn in range(5):
        wanted = {"by": fatima, "room": room, "ref": given.a_ref(turn)}
        post = lambda: do(message_post, **wanted, thread=thread, body="Hoi")  # noqa: B023, E731
        assert _agree(at_once(*[post] * 4))
        fields = {"title": "Licht", "kind": "need", "body": "Donker."}
        wanted["ref"] = given.a_ref("thread", turn)
        opened = lambda: do(thread_open, **wanted, **fields)  # noqa: B023, E731
        assert _agree(at_once(*[opened] * 4))
    assert Message.objects.filter(author=fatima).count() == 10
    assert Event.objects.filter(actor=fatima).exclude(ref=None).count() == 10


def test_stances_taken_at_once_are_all_counted(room: Room) -> None:
    message = given.a_message(room)
    people = [given.a_resident(f"Bewoner {number}") for number in range(WRITERS)]
    take = {"room": room, "message": message.pk}
    values = ["agree", "disagree", "unsure"] * 2
    at_once(
        *[
            lambda person=person, value=value: do(stance_take, by=person, **take, value=value)
            for person, value in zip(people, values, strict=True)
        ]
    )
    at_once(*[lambda: do(stance_take, by=people[0], **take, value="unsure")] * 4)
    message.refresh_from_db()
    assert (message.agree, message.disagree, message.unsure) == (1, 2, 3)


def test_posting_and_merging_at_once_lose_no_message(room: Room) -> None:
    manager, fatima = given.a_manager(), given.a_resident()
    for turn in range(5):
        one, two = given.a_thread(room).pk, given.a_thread(room).pk
        post = {"by": fatima, "room": room, "thread": two, "body": str(turn)}
        merge = {"by": manager, "room": room, "thread": one, "into": two, "reason": "Zelfde."}
        at_once(
            lambda: do(message_post, **post),  # noqa: B023
            lambda: do(thread_merge, **merge),  # noqa: B023
            lambda: do(message_post, **post),  # noqa: B023
        )
        goal = Thread.objects.get(pk=two)
        assert goal.message_count == goal.messages.count() == 4


def test_writers_in_different_rooms_do_not_wait_for_each_others_numbers() -> None:
    rooms = [given.a_room() for _ in range(3)]
    fatima = given.a_resident()
    threads = [given.a_thread(room).pk for room in rooms]
    heads = [snapshot(fresh(room)).head for room in rooms]
    at_once(
        *[
            lambda room=room, thread=thread: [
                do(message_post, by=fatima, room=room, thread=thread, body="Hoi") for _ in range(5)
            ]
            for room, thread in zip(rooms, threads, strict=True)
        ]
    )
    assert [snapshot(fresh(room)).head for room in rooms] == [head + 5 for head in heads]
