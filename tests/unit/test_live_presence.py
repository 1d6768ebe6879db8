"""Presence is a lease: who falls silent is forgotten, who writes is shown for a moment."""

from dataclasses import dataclass

import pytest

from deliberation.live.presence import LEASE, TYPING, Lease


@dataclass
class Steady:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Steady:
    return Steady()


@pytest.fixture
def lease(clock: Steady) -> Lease:
    return Lease(clock)


def test_screens_of_all_processes_count(lease: Lease) -> None:
    lease.here = 2
    lease.renew("other", 3, {})
    lease.renew("third", 1, {})
    lease.renew("other", 4, {})
    assert lease.count() == 7


def test_a_process_that_falls_silent_is_forgotten(lease: Lease, clock: Steady) -> None:
    lease.renew("other", 3, {})
    clock.now += LEASE - 1
    assert lease.count() == 3
    clock.now += 2
    assert lease.count() == 0


def test_typing_ends_by_itself(lease: Lease, clock: Steady) -> None:
    lease.type(7, person=1)
    lease.type(7, person=2)
    lease.type(8, person=1)
    assert lease.typing() == {7: 2, 8: 1}
    clock.now += TYPING / 2
    lease.type(7, person=1)
    clock.now += TYPING / 2
    assert lease.typing() == {7: 1}
    clock.now += TYPING
    assert lease.typing() == {}


def test_one_person_types_once_however_often_they_say_so(lease: Lease) -> None:
    for _ in range(5):
        lease.type(7, person=1)
    assert lease.typing_here() == {7: 1}


def test_who_sent_it_stops_typing(lease: Lease) -> None:
    lease.type(7, person=1)
    assert lease.stop(7, person=1)
    assert not lease.stop(7, person=1)
    assert not lease.stop(9, person=1)
    assert lease.typing() == {}


def test_typing_elsewhere_counts_and_ends_by_itself_too(lease: Lease, clock: Steady) -> None:
    lease.type(7, person=1)
    lease.renew("other", 5, {7: 1, 8: 2})
    assert lease.typing() == {7: 2, 8: 2}
    assert lease.typing_here() == {7: 1}
    clock.now += TYPING
    assert lease.typing() == {}
    assert lease.count() == 5
