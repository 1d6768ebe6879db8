"""The follower: reads every room by cursor and keeps the agenda beside it. Restartable anywhere."""

import threading
import time
from collections.abc import Callable
from datetime import datetime

import structlog
from django.conf import settings

from deliberation.agenda.cursors import Reader, readers

from .memory import Grown, Memory, nothing
from .opinions import opinions_follow
from .reading import read
from .told import Told

PAUSE = 5.0  # seconds between two looks of the engine at one room
SHARE = 10  # and this many times what the last look took of a core: a long room must not eat it
OPINIONS_EVERY = 60.0  # seconds between two looks at stances

_log = structlog.get_logger(__name__)


class Follower:
    """What one process needs to follow: what it remembers, and when it looks where again.

    `tell` and `look` are for threads of their own: one never waits for the other. `grown` hears
    how many messages a look took in, time after time; nothing is held while it runs.
    """

    def __init__(
        self,
        *,
        grown: Grown = nothing,
        steady: Callable[[], float] = time.monotonic,
        worked: Callable[[], float] = time.thread_time,
    ) -> None:
        self.memory = Memory()
        self._told = Told()
        self._grown, self._steady, self._worked = grown, steady, worked
        self._next: dict[int, float] = {}
        self._opinions_next = 0.0
        self._telling, self._reading = threading.Lock(), threading.Lock()

    def tell(self, *, at: datetime) -> None:
        """What can't wait: needs of which a source was hidden, changed or shown again."""
        with self._telling:
            self._told.round(at=at)

    def look(self, *, at: datetime) -> None:
        """What is new, in the rooms whose turn it is."""
        if not settings.SUMMARY:
            return
        with self._reading:
            for reader in readers():
                if reader.is_behind and self._next.get(reader.room.pk, 0.0) <= self._steady():
                    self._read(reader, at=at)
            if self._opinions_next <= self._steady():
                opinions_follow(at=at)
                self._opinions_next = self._steady() + OPINIONS_EVERY

    def catch_up(self, *, at: datetime, grown: Grown = nothing) -> None:
        """Everything there is to do, however long that takes."""
        self.tell(at=at)
        if not settings.SUMMARY:
            return
        with self._reading:
            while behind := [reader for reader in readers() if reader.is_behind]:
                for reader in behind:
                    read(reader, self.memory, at=at, grown=grown)
            opinions_follow(at=at)

    def _read(self, reader: Reader, *, at: datetime) -> None:
        """One room that can't be read must not keep the others waiting."""
        began = self._worked()
        try:
            read(reader, self.memory, at=at, grown=self._grown)
        except Exception as error:
            _log.warning("agenda.failed", room=reader.room.pk, kind=type(error).__name__)
        pause = max(PAUSE, SHARE * (self._worked() - began))
        self._next[reader.room.pk] = self._steady() + pause


_follower = Follower()


def agenda_follow(*, at: datetime, grown: Grown = nothing) -> None:
    """Read on in every room, to the end. Idempotent; a second time changes nothing.

    `grown` hears how many messages the engine took in.
    """
    _follower.catch_up(at=at, grown=grown)
