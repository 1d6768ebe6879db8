"""All residents together: who is on a line, what became of each cue."""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from deliberation.kernel.ids import new_ref
from deliberation.protocol.commands import AnyCommand, MessagePost, StanceTake, ThreadOpen
from deliberation.protocol.replies import Ack, Nack

from .line import Closed, Counts, Line
from .programme import Cue, by_resident

AT_ONCE = 64  # commands under way
LINES = 400  # open sockets; the one that was silent longest makes room for the next

_Key = TypeVar("_Key")
FirstMessage = Callable[[Ack, ThreadOpen], int]


@dataclass
class Outcome:
    """What became of the commands. `refused` counts the server's own words."""

    threads: int = 0
    messages: int = 0
    stances: int = 0
    skipped: int = 0  # they were about a message that was refused
    waited: int = 0  # times the server asked to go slower
    refused: Counter[str] = field(default_factory=Counter)
    counts: Counts = field(default_factory=Counts)

    @property
    def acknowledged(self) -> int:
        return self.messages + self.stances

    @property
    def answered(self) -> int:
        return self.acknowledged + self.skipped + self.refused.total()


class Stage:
    """`threads`: open ones by title. `first_message` looks up what a new thread began with."""

    def __init__(
        self,
        site: str,
        room: str,
        *,
        threads: Mapping[str, int],
        first_message: FirstMessage,
        progress: Callable[[Outcome], object],
    ) -> None:
        self.outcome = Outcome()
        self._site, self._room = site, room
        self._first_message, self._progress = first_message, progress
        self._messages: dict[str, asyncio.Future[int | None]] = {}
        self._threads: dict[str, asyncio.Future[int | None]] = {}
        self._existing = threads
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._open: OrderedDict[str, Line] = OrderedDict()

    async def play(self, cues: list[Cue], cookies: Mapping[str, str]) -> None:
        """Play all cues. Raises Unreachable (in a group) where the server stays away."""
        for cue in cues:
            if cue.stance is None:
                _future(self._messages, cue.statement)
                _future(self._threads, cue.thread)
        for title, thread in self._existing.items():
            _future(self._threads, title).set_result(thread)
        start = asyncio.get_running_loop().time()
        try:
            async with asyncio.TaskGroup() as group:
                for resident, part in by_resident(cues).items():
                    line = Line(self._site, self._room, cookies[resident], self.outcome.counts)
                    group.create_task(self._resident(resident, line, part, start))
        finally:
            for line in self._open.values():
                await line.close()

    async def _resident(self, name: str, line: Line, cues: list[Cue], start: float) -> None:
        loop = asyncio.get_running_loop()
        for cue in cues:
            await asyncio.sleep(max(0.0, start + cue.after - loop.time()))
            await self._perform(name, line, cue)
            self._progress(self.outcome)
        self._open.pop(name, None)
        await line.close()

    async def _perform(self, name: str, line: Line, cue: Cue) -> None:
        command = await self._command(cue)
        if command is None:
            self.outcome.skipped += 1
            self._settle(cue, None)
            return
        try:
            answer = await self._asked(name, line, command)
        except Closed as closed:
            answer = Nack(code="closed", text=str(closed))
        if isinstance(answer, Nack):
            self.outcome.refused[answer.text] += 1
            self._settle(cue, None)
            return
        await self._done(cue, command, answer)

    async def _asked(self, name: str, line: Line, command: AnyCommand) -> Ack | Nack:
        """Ask as often as the server says "later"."""
        async with self._gate:
            line.asking = True
            await self._make_room(name, line)
            patience = 1.0
            while True:
                answer = await line.ask(command)
                if isinstance(answer, Ack) or answer.retry_after is None:
                    return answer
                self.outcome.waited += 1
                # Many wait for the same place: the longer it takes, the less often they knock.
                await asyncio.sleep(answer.retry_after * patience)
                patience = min(8.0, patience * 1.5)

    async def _make_room(self, name: str, line: Line) -> None:
        self._open[name] = line
        self._open.move_to_end(name)
        silent = [key for key, each in self._open.items() if not each.asking]
        for key in silent[: max(0, len(self._open) - LINES)]:
            await self._open.pop(key).close()

    async def _command(self, cue: Cue) -> AnyCommand | None:
        """None where the message it is about was refused."""
        if cue.stance is not None:
            message = await self._messages[cue.statement]
            if message is None:
                return None
            return StanceTake(ref=new_ref(), message=message, value=cue.stance)
        place = self._threads[cue.thread]
        if cue.opens and not place.done():
            return ThreadOpen(ref=new_ref(), title=cue.thread, kind=cue.opens, body=cue.text)
        thread = await place
        answered = await self._messages[cue.reply_to] if cue.reply_to else None
        if thread is None:
            return None
        return MessagePost(ref=new_ref(), thread=thread, body=cue.text, reply_to=answered)

    async def _done(self, cue: Cue, command: AnyCommand, ack: Ack) -> None:
        match command:
            case StanceTake():
                self.outcome.stances += 1
            case ThreadOpen():
                self._threads[cue.thread].set_result(ack.id)
                message = await asyncio.to_thread(self._first_message, ack, command)
                self._settle(cue, message)
                self.outcome.threads += 1
                self.outcome.messages += 1
            case _:
                self._settle(cue, ack.id)
                self.outcome.messages += 1

    def _settle(self, cue: Cue, message: int | None) -> None:
        """Tell those who wait for this message (and thread) what became of it."""
        if cue.stance is not None:
            return
        self._messages[cue.statement].set_result(message)
        if cue.opens and not self._threads[cue.thread].done():
            self._threads[cue.thread].set_result(None)


def _future(
    futures: "dict[_Key, asyncio.Future[int | None]]", key: _Key
) -> "asyncio.Future[int | None]":
    if key not in futures:
        futures[key] = asyncio.get_running_loop().create_future()
    return futures[key]
