"""A batch is one transaction; one command's trouble is not everybody's."""

from typing import Any

import pytest
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

from deliberation.config.routing import COMMANDS
from deliberation.eventlog.refs import Done
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused
from deliberation.live.execute import Executor, Services
from deliberation.people.models import Person
from deliberation.protocol.commands import MessagePost
from rooms.models import Message, Thread
from rooms.services import message_post
from tests import given
from tests.fakes import Clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def thread() -> Thread:
    return given.a_thread(given.a_room())


@pytest.fixture
def anna() -> Person:
    return given.a_resident("Anna")


class Failing:
    """The real service, but for what fails: `failures` is consumed one a call with that body."""

    def __init__(self, **failures: list[Exception]) -> None:
        self.failures = failures
        self.calls: list[str] = []

    def __call__(self, *, body: str, **fields: Any) -> Done:
        self.calls.append(body)
        if self.failures.get(body):
            raise self.failures[body].pop(0)
        return message_post(body=body, **fields)


def _executor(service: Failing | None = None) -> Executor:
    services: Services = {MessagePost: service} if service else COMMANDS
    return Executor(services, Clock())


def _posts(thread: Thread, person: Person, *bodies: str) -> list[tuple[int, MessagePost]]:
    return [(person.pk, MessagePost(ref=new_ref(), thread=thread.pk, body=b)) for b in bodies]


def _codes(answers: list[Done | Refused]) -> list[str]:
    return [answer.code if isinstance(answer, Refused) else "done" for answer in answers]


def _stored() -> list[str]:
    return list(Message.objects.order_by("seq").values_list("body", flat=True))[1:]


def test_a_batch_is_carried_out_in_order(thread: Thread, anna: Person) -> None:
    answers = _executor()(thread.room.slug, _posts(thread, anna, "a", "b", "c"))
    seqs = [answer.seq for answer in answers if isinstance(answer, Done)]
    assert seqs == [seqs[0], seqs[0] + 1, seqs[0] + 2]
    assert _stored() == ["a", "b", "c"]


def test_a_refused_command_leaves_the_batch_intact(thread: Thread, anna: Person) -> None:
    service = Failing()
    answers = _executor(service)(thread.room.slug, _posts(thread, anna, "a", "", "c"))
    assert _codes(answers) == ["done", "empty", "done"]
    assert service.calls == ["a", "", "c"]
    assert _stored() == ["a", "c"]


def test_where_the_database_fails_once_each_is_tried_alone(thread: Thread, anna: Person) -> None:
    service = Failing(b=[OperationalError("deadlock")])
    answers = _executor(service)(thread.room.slug, _posts(thread, anna, "a", "b", "c"))
    assert _codes(answers) == ["done", "done", "done"]
    assert service.calls == ["a", "b", "a", "b", "c"]
    assert _stored() == ["a", "b", "c"]


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_once_the_store_is_out_of_reach_nobody_waits_in_turn(
    thread: Thread, anna: Person, error: type[Exception]
) -> None:
    service = Failing(b=[error("gone"), error("gone")])
    answers = _executor(service)(thread.room.slug, _posts(thread, anna, "a", "b", "c", "d"))
    assert _codes(answers) == ["done", "unavailable", "unavailable", "unavailable"]
    assert service.calls == ["a", "b", "a", "b"]
    assert _stored() == ["a"]


def test_what_breaks_a_rule_of_the_database_stands_alone(thread: Thread, anna: Person) -> None:
    service = Failing(b=[IntegrityError("twice")] * 3)
    answers = _executor(service)(thread.room.slug, _posts(thread, anna, "a", "b", "c"))
    assert _codes(answers) == ["done", "unavailable", "done"]
    assert _stored() == ["a", "c"]


@pytest.mark.parametrize("error", [ZeroDivisionError, DataError])
def test_our_own_mistake_is_admitted_and_not_tried_for_ever(
    thread: Thread, anna: Person, error: type[Exception]
) -> None:
    service = Failing(b=[error("x"), error("x")])
    answers = _executor(service)(thread.room.slug, _posts(thread, anna, "a", "b", "c"))
    assert _codes(answers) == ["done", "failed", "done"]
    refused = answers[1]
    assert isinstance(refused, Refused)
    assert "Nothing was stored" in refused.text
    assert refused.retry_after is None


def test_a_service_that_wrote_before_it_refused_is_rolled_back(
    thread: Thread, anna: Person
) -> None:
    def careless(*, body: str, **fields: Any) -> Done:
        done = message_post(body=body, **fields)
        if body == "b":
            raise Refused("late", "Too late")
        return done

    answers = Executor({MessagePost: careless}, Clock())(
        thread.room.slug, _posts(thread, anna, "a", "b", "c")
    )
    assert _codes(answers) == ["done", "failed", "done"]
    assert _stored() == ["a", "c"]


def test_the_same_command_twice_in_one_batch_is_carried_out_once(
    thread: Thread, anna: Person
) -> None:
    (work,) = _posts(thread, anna, "a")
    answers = _executor()(thread.room.slug, [work, work])
    assert answers[0] == answers[1]
    assert _stored() == ["a"]


def test_a_retry_is_answered_as_before(thread: Thread, anna: Person) -> None:
    batch, execute = _posts(thread, anna, "a", "b"), _executor()
    assert execute(thread.room.slug, batch) == execute(thread.room.slug, batch)
    assert _stored() == ["a", "b"]


def test_who_lost_their_rights_since_they_connected_is_refused(
    thread: Thread, anna: Person
) -> None:
    given.a_ban(anna, thread.room)
    gone = given.a_resident("Weg")
    gone.is_active = False
    gone.save()
    batch = [*_posts(thread, anna, "a"), *_posts(thread, gone, "b")]
    assert _codes(_executor()(thread.room.slug, batch)) == ["banned", "signed_out"]
    assert _stored() == []


def test_a_room_that_is_gone_is_said_to_everyone(thread: Thread, anna: Person) -> None:
    answers = _executor()("weg", _posts(thread, anna, "a", "b"))
    assert _codes(answers) == ["no_room", "no_room"]


def test_a_commit_that_fails_acknowledges_nothing(
    thread: Thread, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: BaseDatabaseWrapper, *_: object) -> None:
        raise OperationalError("disk full")

    slug, batch = thread.room.slug, _posts(thread, anna, "a", "b")
    monkeypatch.setattr(BaseDatabaseWrapper, "commit", full)
    assert _codes(_executor()(slug, batch)) == ["unavailable", "unavailable"]
    monkeypatch.undo()
    assert _stored() == []
