"""Natural group commit: while one commit is in flight commands queue; the next takes them all."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused
from deliberation.protocol.commands import AnyCommand

from . import goodbyes
from .database import Database
from .metrics import BATCH, COMMIT

_log = structlog.get_logger(__name__)
BATCH_LIMIT = 128  # commands; more wait for the next commit
TURNS = 3  # of the event loop: from a readable socket to a queued command
QUEUE_LIMIT = 4096  # commands; more are refused rather than kept in memory


@dataclass
class Asked:
    """A command by a person, and where its answer goes."""

    person: int
    command: AnyCommand
    answer: "asyncio.Future[Done | Refused]" = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


Execute = Callable[[str, list[tuple[int, AnyCommand]]], list[Done | Refused]]


class Writer:
    """The queue of one room in this process."""

    def __init__(self, room: str, execute: Execute, database: Database) -> None:
        self.room = room
        self._execute = execute
        self._database = database
        self._queue: list[Asked] = []
        self._running: asyncio.Task[None] | None = None

    @property
    def full(self) -> bool:
        return len(self._queue) >= QUEUE_LIMIT

    def submit(self, asked: Asked) -> None:
        self._queue.append(asked)
        if self._running is None or self._running.done():
            self._running = asyncio.get_running_loop().create_task(self._run())

    async def idle(self) -> None:
        """Wait until everything submitted is answered."""
        if self._running is not None:
            await asyncio.wait([self._running])

    async def _carried_out(self, work: list[tuple[int, AnyCommand]]) -> list[Done | Refused]:
        """Whatever happens, everyone who asked is answered."""
        try:
            return await self._database.write(self._execute, self.room, work)
        except Exception as error:
            _log.error("writer.failed", kind=type(error).__name__)
            return [goodbyes.unavailable() for _ in work]

    async def _run(self) -> None:
        while self._queue:
            batch, self._queue = self._queue[:BATCH_LIMIT], self._queue[BATCH_LIMIT:]
            work = [(asked.person, asked.command) for asked in batch]
            started = time.perf_counter()
            answers = await self._carried_out(work)
            COMMIT.observe(time.perf_counter() - started)
            BATCH.observe(len(batch))
            for asked, answer in zip(batch, answers, strict=True):
                if not asked.answer.done():
                    asked.answer.set_result(answer)
            # What lies ready to be read joins the next commit. Without this, one half of the
            # writers commits while the other half is answered, and they take turns for ever.
            for _ in range(TURNS):
                await asyncio.sleep(0)
