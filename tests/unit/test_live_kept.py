"""What is kept or presumed between batches gives way as soon as it could be wrong."""

import pytest
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import CaptureQueriesContext

from deliberation.config.routing import COMMANDS
from deliberation.eventlog.models import Event, Stream
from deliberation.eventlog.refs import Done
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused
from deliberation.live.execute import Executor
from deliberation.people.models import Person
from deliberation.protocol.commands import MessageEdit, MessagePost
from rooms.models import Message, Mode, Thread
from rooms.services import message_post, thread_close
from tests import given
from tests.doing import do
from tests.fakes import Clock

pytestmark = pytest.mark.django_db(transaction=True)
WHY = {"reason": "Even rust."}


@pytest.fixture
def thread() -> Thread:
    return given.a_thread(given.a_room())


@pytest.fixture
def anna() -> Person:
    return given.a_resident("Anna")


@pytest.fixture
def execute() -> Executor:
    return Executor(COMMANDS, Clock())


def _post(thread: Thread, person: Person, body: str = "Hoi") -> tuple[int, MessagePost]:
    return person.pk, MessagePost(ref=new_ref(), thread=thread.pk, body=body)


def _codes(answers: list[Done | Refused]) -> list[str]:
    return [answer.code if isinstance(answer, Refused) else "done" for answer in answers]


def test_a_busy_room_is_read_once(thread: Thread, anna: Person, execute: Executor) -> None:
    slug = thread.room.slug
    execute(slug, [_post(thread, anna)])
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answers = execute(slug, [_post(thread, anna, str(n)) for n in range(32)])
    assert _codes(answers) == ["done"] * 32
    statements = [
        query["sql"].removeprefix("32 times: ").split()[0] for query in asked.captured_queries
    ]
    assert statements.count("SELECT") == 2  # the stream, and who writes
    assert statements.count("INSERT") == 2  # all messages, and their events
    assert statements.count("UPDATE") == 2  # the thread, and the stream


@pytest.mark.parametrize("elsewhere", ["thread", "room", "posting"])
def test_what_was_written_elsewhere_is_seen(
    thread: Thread, anna: Person, execute: Executor, elsewhere: str
) -> None:
    slug = thread.room.slug
    execute(slug, [_post(thread, anna)])
    if elsewhere == "thread":
        do(thread_close, by=given.a_manager(), room=thread.room, thread=thread.pk, **WHY)
        assert _codes(execute(slug, [_post(thread, anna)])) == ["thread_closed"]
    elif elsewhere == "room":
        given.a_mode(thread.room, Mode.FROZEN)
        assert _codes(execute(slug, [_post(thread, anna)])) == ["frozen"]
    else:
        do(message_post, by=anna, room=thread.room, thread=thread.pk, body="Van elders")
        execute(slug, [_post(thread, anna)])
    thread.refresh_from_db()
    assert thread.message_count == Message.objects.filter(thread=thread).count()


def test_another_history_with_the_same_numbers_is_another(
    thread: Thread, anna: Person, execute: Executor
) -> None:
    slug = thread.room.slug
    execute(slug, [_post(thread, anna)])
    Stream.objects.filter(name=thread.room.public_stream).update(epoch="restored")
    Thread.objects.filter(pk=thread.pk).update(state="closed")
    assert _codes(execute(slug, [_post(thread, anna)])) == ["thread_closed"]


def test_counts_of_a_commit_that_failed_are_forgotten(
    thread: Thread, anna: Person, execute: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: BaseDatabaseWrapper, *_: object) -> None:
        raise OperationalError("disk full")

    slug = thread.room.slug
    execute(slug, [_post(thread, anna)])
    with monkeypatch.context() as broken:
        broken.setattr(BaseDatabaseWrapper, "commit", full)
        assert _codes(execute(slug, [_post(thread, anna)])) == ["unavailable"]
    execute(slug, [_post(thread, anna)])
    thread.refresh_from_db()
    assert thread.message_count == Message.objects.filter(thread=thread).count() == 3


def test_a_retry_among_new_ones_is_answered_as_before(
    thread: Thread, anna: Person, execute: Executor
) -> None:
    slug, sent = thread.room.slug, _post(thread, anna, "eerder")
    (before,) = execute(slug, [sent])
    answers = execute(slug, [_post(thread, anna, "nieuw"), sent, _post(thread, anna, "ook")])
    assert answers[1] == before
    assert _codes(answers) == ["done"] * 3
    assert Event.objects.filter(ref=sent[1].ref).count() == 1
    bodies = Message.objects.order_by("seq").values_list("body", flat=True)
    assert list(bodies)[1:] == ["eerder", "nieuw", "ook"]


def test_what_was_stored_is_not_refused_because_the_room_closed_since(
    thread: Thread, anna: Person, execute: Executor
) -> None:
    slug, sent = thread.room.slug, _post(thread, anna)
    (before,) = execute(slug, [sent])
    given.a_mode(thread.room, Mode.FROZEN)
    assert execute(slug, [sent]) == [before]
    assert _codes(execute(slug, [_post(thread, anna)])) == ["frozen"]


def test_slow_mode_sees_the_batch_it_is_in(thread: Thread, anna: Person, execute: Executor) -> None:
    given.a_mode(thread.room, Mode.SLOW, slow_seconds=60)
    answers = execute(thread.room.slug, [_post(thread, anna), _post(thread, anna)])
    assert _codes(answers) == ["done", "slow"]


def test_other_commands_read_what_the_batch_has_posted(
    thread: Thread, anna: Person, execute: Executor
) -> None:
    slug = thread.room.slug
    (first,) = execute(slug, [_post(thread, anna, "een")])
    assert isinstance(first, Done)
    edit = MessageEdit(ref=new_ref(), message=first.id, body="één")
    answers = execute(slug, [_post(thread, anna, "twee"), (anna.pk, edit), _post(thread, anna)])
    assert [answer.seq for answer in answers if isinstance(answer, Done)] == [
        first.seq + 1,
        first.seq + 2,
        first.seq + 3,
    ]
    kinds = Event.objects.filter(seq__gt=first.seq).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["message.posted", "message.edited", "message.posted"]
