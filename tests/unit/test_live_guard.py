"""Who is looked at, and when: bans and staff each time, a large crowd in turns."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore

from deliberation.live import guard
from deliberation.live.guard import Guard
from deliberation.live.session import Code
from deliberation.people.actors import era_of
from deliberation.people.models import Person
from tests import given
from tests.fakes import EVENING

pytestmark = pytest.mark.django_db


class Screen:
    """What the guard sees of a connection; `goodbye` is the code it was closed with."""

    banned = False

    def __init__(self, person: Person, *, staff: bool = False, room: str = "kade") -> None:
        self.socket = self
        self.heard_by: set[Screen] = {self} if staff else set()
        staffed = SimpleNamespace(sockets=self.heard_by)
        self.room = SimpleNamespace(slug=room, staff=staffed)
        self.session = SessionStore()
        self.session.save()
        self.visitor = SimpleNamespace(
            person=person.pk, era=era_of(person.password), session=self.session.session_key
        )
        self.goodbye: Code | None = None

    @property
    def open(self) -> bool:
        return self.goodbye is None

    @property
    def hears_staff(self) -> bool:
        return self in self.heard_by

    def bye(self, code: Code, *, retry_after: float | None = None) -> None:
        assert self.open, "closed twice"
        self.goodbye = code


class Place:
    """What the guard knows of the live server."""

    def __init__(self, screens: list[Screen]) -> None:
        self.screens = screens
        self.database = self

    def clock(self) -> Any:
        return EVENING

    def connections(self) -> list[Screen]:
        return [screen for screen in self.screens if screen.open]

    async def read(self, call: Callable[..., Any], *args: Any) -> Any:
        return call(*args)


def _look(watcher: Guard, times: int = 1) -> None:
    async def looks() -> None:
        for _ in range(times):
            await watcher.check()

    # Everything the guard awaits here is ready at once, so the queries stay on this thread.
    looking = looks()
    with pytest.raises(StopIteration):
        looking.send(None)


def _guard(screens: list[Screen]) -> Guard:
    live: Any = Place(screens)
    return Guard(live)


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> list[Screen]:
    monkeypatch.setattr(guard, "AT_ONCE", 4)
    return [Screen(given.a_resident(f"Buur {number}")) for number in range(12)]


def test_a_small_crowd_is_looked_at_as_a_whole_each_time() -> None:
    screens = [Screen(given.a_resident(f"Buur {number}")) for number in range(3)]
    for screen in screens:
        screen.session.delete()

    _look(_guard(screens))

    assert [screen.goodbye for screen in screens] == [Code.SIGNED_OUT] * 3


def test_a_large_crowd_takes_turns_and_nobody_is_passed_over(crowd: list[Screen]) -> None:
    for screen in crowd:
        screen.session.delete()
    staying = [Screen(given.a_resident(f"Blijft {number}")) for number in range(12)]
    watcher = _guard(crowd + staying)

    _look(watcher)
    first = sum(not screen.open for screen in crowd)
    _look(watcher, times=5)

    assert 0 < first < 12
    assert all(screen.goodbye is Code.SIGNED_OUT for screen in crowd)
    assert all(screen.open for screen in staying)


def test_a_ban_waits_for_no_turn(crowd: list[Screen]) -> None:
    room = given.a_room("kade")
    for screen in crowd:
        given.a_ban(Person.objects.get(pk=screen.visitor.person), room)

    _look(_guard(crowd))

    assert [screen.goodbye for screen in crowd] == [Code.BANNED] * 12


def test_a_ban_elsewhere_closes_nothing_here(crowd: list[Screen]) -> None:
    given.a_ban(Person.objects.get(pk=crowd[0].visitor.person), given.a_room("plein"))

    _look(_guard(crowd), times=3)

    assert all(screen.open for screen in crowd)


def test_staff_wait_for_no_turn(crowd: list[Screen]) -> None:
    managers = [Screen(given.a_manager(f"Mieke {n}"), staff=True) for n in range(6)]
    Person.objects.filter(pk__in=[m.visitor.person for m in managers]).update(roles=[])

    _look(_guard(crowd + managers))

    assert not any(manager.hears_staff for manager in managers)
    assert all(manager.open for manager in managers), "they may read on as residents"
