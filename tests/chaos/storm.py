"""A storm: people write and read while blow after blow falls; then the judge looks."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

import httpx
from msgspec.structs import replace

from deliberation.protocol.shapes import Snapshot, Tally
from rooms.selectors.opening import WINDOW
from tests.live.town import NOBODY, Person, Place, Town

from .checker import Event, History, violations
from .crowd import Member, living, opened

PATIENCE = 90.0  # seconds; only a storm that failed waits this long
WRITERS, READERS = 4, 3
BUDGET = 14  # commands of each writer between two blows

Blow = Callable[[], None]
_Answer = TypeVar("_Answer")


@dataclass
class Storm:
    """One room, its people and what happened to them. The same `seed`, the same decisions."""

    town: Town
    seed: int
    members: list[Member] = field(default_factory=list)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.place: Place = self.town.place()

    async def rages(
        self, blows: Sequence[Blow], *, calm: Blow | None = None, tallies: bool = False
    ) -> None:
        """Let people write, strike in the middle of it, and again; `calm` follows each blow
        once people got on without. At last every screen must show what a newcomer gets;
        `tallies` are hints that a process which died may have kept from another's readers.
        """
        people = [self.place.resident() for _ in range(WRITERS)]
        start = await self._snapshot()
        self.members = [self._member(p, start) for p in [*people, *[NOBODY] * READERS]]
        fresh = start
        for member in self.members:
            member.wakes()
        async with living(self.members):
            for blow in blows:
                away = self.rng.choice(self.members[WRITERS:])
                away.doze()
                await self._write(self.rng.randint(1, WRITERS * BUDGET // 2))
                await asyncio.to_thread(blow)
                away.wakes()
                if calm is not None:
                    await self._write(WRITERS)
                    await asyncio.to_thread(calm)
            await self._write(WRITERS)
            await self._until(lambda: all(member.at_rest for member in self.members))
            log = await self._log()
            with suppress(AssertionError):  # the judge says it better
                await self._until(lambda: all(m.head == len(log) for m in self.members))
                fresh = _window(await self._snapshot(), tallies)
                await self._until(lambda: not self._wrong_screens(fresh, tallies))
        self._judge(log)
        assert fresh.head == len(log)
        assert not (wrong := self._wrong_screens(fresh, tallies)), wrong

    def _wrong_screens(self, fresh: Snapshot, tallies: bool) -> list[str]:
        wrong = [m for m in self.members if _window(m.snapshot, tallies) != fresh]
        return [member.history.around(member.head) for member in wrong]

    def _member(self, person: Person, start: Snapshot) -> Member:
        name = person.name or f"Lezer {len(self.members)}"
        return Member(
            address=self.place.site.live(self.place.slug).rstrip("?"),
            cookie=person.cookie,
            history=History(name, start=start.head),
            snapshot=start,
            rng=random.Random(f"{self.seed} {person.id}"),
            thread=self.place.thread,
            changed=self._changed.set,
        )

    async def _write(self, acknowledged: int) -> None:
        """Everyone gets to write more; goes on once so many more were acknowledged."""
        before = self._acked()
        for member in self.members[:WRITERS]:
            member.encourage(BUDGET)
        await self._until(lambda: self._acked() >= before + acknowledged)

    def _acked(self) -> int:
        return sum(member.acked for member in self.members)

    async def _until(self, reached: Callable[[], bool]) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while not reached():
                    await self._changed.wait()
                    self._changed.clear()
                return
        raise AssertionError("\n".join(m.history.around(m.head) for m in self.members))

    async def _snapshot(self) -> Snapshot:
        return await _asked(self._get_snapshot)

    async def _get_snapshot(self) -> Snapshot:
        async with self.place.http() as http:
            answer = await http.get(f"/live/{self.place.slug}/snapshot")
            return opened(answer.raise_for_status().content)

    async def _log(self) -> list[Event]:
        return await _asked(self._get_log)

    async def _get_log(self) -> list[Event]:
        log: list[Event] = []
        async with self.place.http() as http:
            while True:
                address = f"/live/{self.place.slug}/events?after={len(log)}"
                page = (await http.get(address)).raise_for_status().json().get("events", [])
                if not page:
                    return log
                log += page

    def _judge(self, log: list[Event]) -> None:
        found = violations([member.history for member in self.members], log)
        assert not found, "\n\n".join([f"seed {self.seed}", *found[:5]])
        refused = [
            entry
            for member in self.members
            for entry in member.history.entries
            if "resync" in str(entry)
        ]
        assert not refused, refused


async def _asked(question: Callable[[], Awaitable[_Answer]]) -> _Answer:
    """The answer, as soon as the server gives one again."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                return await question()
            except httpx.HTTPError:
                await asyncio.sleep(0.2)


def _window(snapshot: Snapshot, tallies: bool) -> Snapshot:
    messages = snapshot.messages[-WINDOW:]
    if not tallies:
        messages = [replace(message, tally=Tally()) for message in messages]
    return replace(snapshot, messages=messages)
