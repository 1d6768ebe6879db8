"""The engine rests while rooms are busy, and only then."""

import threading

import pytest

from deliberation.config.following import BUSY_SHARE, GivingWay


@pytest.fixture
def bell() -> threading.Event:
    return threading.Event()


class _Thread:
    """A thread's own clock: it stands still while the thread rests."""

    def __init__(self, bell: threading.Event) -> None:
        self.worked = 100.0
        self.rests: list[float] = []
        self._piece = GivingWay(bell, worked=lambda: self.worked, rest=self.rests.append)
        self.work(0.0)
        self.rests.clear()

    def work(self, seconds: float) -> None:
        self.worked += seconds
        self._piece(25)


def test_in_a_quiet_room_it_works_on(bell: threading.Event) -> None:
    thread = _Thread(bell)
    for _ in range(3):
        thread.work(0.05)
    assert thread.rests == []


def test_while_something_is_written_it_takes_its_share(bell: threading.Event) -> None:
    thread = _Thread(bell)
    for _ in range(3):
        bell.set()
        thread.work(0.05)
    assert thread.rests == pytest.approx([0.05 * (BUSY_SHARE - 1)] * 3)


def test_what_was_worked_before_the_bell_is_not_paid_again(bell: threading.Event) -> None:
    thread = _Thread(bell)
    thread.work(4.0)
    bell.set()
    thread.work(0.05)
    thread.work(0.05)
    assert thread.rests == pytest.approx([0.05 * (BUSY_SHARE - 1)])
