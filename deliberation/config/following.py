"""What follows the rooms, for the agenda and for the managers, as loops until the process ends."""

import threading
import time
from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import close_old_connections

from deliberation.agenda.follow import Follower
from deliberation.agenda.model import Proposer, wording_model
from deliberation.eventlog import doorbell
from deliberation.eventlog.doorbell import Rung
from deliberation.kernel.clock import now
from moderation.watching import Watcher

EVERY = 1.0  # seconds, for who is not woken
PAUSE = 0.3  # seconds between two rounds, however much is said

SHARE = 10  # one part of the time at most for the watches: they share a processor with rooms
BUSY_SHARE = 30  # and one of the engine's, while something is written

_log = structlog.get_logger(__name__)
_bells = (threading.Event(), threading.Event(), threading.Event())


def wake(_rung: Rung | None = None) -> None:
    """Something was written; look at once."""
    for bell in _bells:
        bell.set()


def start_following(*, beside: bool = False) -> None:
    """Threads apart: what was hidden never waits for the engine, which may think for long, and
    neither waits for a language model, which may be away.

    `beside`: on the processor of the server, so that the engine has to give way to rooms.
    """
    follower = Follower(grown=GivingWay(_bells[1])) if beside else Follower()
    doorbell.listen(wake)
    _start("agenda-tell", follower.tell, _bells[0])
    _start("agenda-look", follower.look, _bells[1])
    _start("watches", _modestly(Watcher().round), _bells[2])
    if wording_model():
        _start("agenda-word", Proposer().round, threading.Event())


def _start(name: str, work: Callable[..., None], bell: threading.Event) -> None:
    threading.Thread(target=_forever, args=(work, bell), name=name, daemon=True).start()


def _modestly(work: Callable[..., None]) -> Callable[..., None]:
    """The same, with a rest after it that makes it take at most one part in `SHARE`."""

    def modest(*, at: datetime) -> None:
        began = time.monotonic()
        try:
            work(at=at)
        finally:
            time.sleep((SHARE - 1) * (time.monotonic() - began))

    return modest


class GivingWay:
    """Called between two pieces of long work: a rest, where something was written meanwhile.

    Being at the end of the queue for a processor is not enough. Linux may let who has it finish
    its turn of some milliseconds, and each message waits for a database several times.
    """

    def __init__(
        self,
        bell: threading.Event,
        *,
        worked: Callable[[], float] = time.thread_time,
        rest: Callable[[float], None] = time.sleep,
    ) -> None:
        self._bell, self._worked, self._rest = bell, worked, rest
        self._before = 0.0

    def __call__(self, _taken_in: int) -> None:
        took = self._worked() - self._before
        if self._bell.is_set():
            self._bell.clear()
            self._rest((BUSY_SHARE - 1) * took)
        self._before = self._worked()


def _forever(work: Callable[..., None], bell: threading.Event) -> None:
    """Rounds until the process ends; a failed round is tried again in the next."""
    while True:
        bell.clear()
        _round(work, at=now())
        time.sleep(PAUSE)
        bell.wait(EVERY - PAUSE)


def _round(work: Callable[..., None], *, at: datetime) -> None:
    try:
        work(at=at)
    except Exception as error:
        _log.warning("following.failed", kind=type(error).__name__)
    finally:
        close_old_connections()
