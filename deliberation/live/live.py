"""Everything live in one process: its rooms, their writers, and what keeps them honest."""

import asyncio
import random
import time
from collections.abc import Coroutine, Iterable
from functools import partial

import structlog
from django.conf import settings

from deliberation.eventlog import doorbell, reading
from deliberation.eventlog.doorbell import Rung
from deliberation.kernel.clock import Clock, now
from deliberation.protocol.events import AnyEvent, MeetingEvent, PersonBanned, StreamName
from deliberation.protocol.replies import TallyNow
from rooms import access, selectors
from rooms.models import Message, Room

from .bells import Bell, Bells
from .connection import Connection
from .database import Database
from .execute import Executor, Services
from .guard import Guard
from .limits import Gate
from .presence import Lease
from .room import LiveRoom
from .session import Code
from .sockets import Socket
from .writer import Writer

_log = structlog.get_logger(__name__)
HEARTBEAT = 15.0  # seconds
PAGE = 500  # events read at once
SILENT = 75.0  # seconds without a sign of life before a socket is taken for dead


class Live:
    """Starts itself on the first request, on the server's own event loop."""

    def __init__(self, services: Services, clock: Clock = now) -> None:
        self.clock = clock
        self.steady = time.monotonic
        self.database = Database(readers=settings.DATABASE_THREADS)
        self.gate = Gate(on=settings.RATE_LIMITS)
        self.limited = bool(settings.RATE_LIMITS)
        self.draining = False
        self.rooms: dict[str, LiveRoom] = {}
        self._opening: dict[str, asyncio.Task[LiveRoom]] = {}
        self._by_stream: dict[str, LiveRoom] = {}
        self._execute = Executor(services, clock)
        self._tasks: list[asyncio.Task[None]] = []
        self._errands: set[asyncio.Task[None]] = set()
        self._hints: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._guard = Guard(self)
        self.bells: Bells

    def start(self) -> None:
        """Idempotent. Call on the event loop."""
        if self._loop is not None:
            return
        self._loop = asyncio.get_running_loop()
        self.bells = Bells(self._heard, self._poll)
        doorbell.listen(self._committed)
        self._tasks = self.bells.run()
        self._tasks.append(asyncio.create_task(self._beat()))
        self._tasks.append(asyncio.create_task(self._guard.watch()))

    async def room(self, slug: str) -> LiveRoom:
        """The live room, opened here if need be. Raises Refused where there is none."""
        if slug not in self.rooms:
            if slug not in self._opening:
                self._opening[slug] = asyncio.create_task(self._open(slug))
            try:
                return await asyncio.shield(self._opening[slug])
            finally:
                self._opening.pop(slug, None)
        return self.rooms[slug]

    async def drain(self) -> None:
        """Say goodbye to everyone, finish what is being committed, stop."""
        self.draining = True
        for room in list(self.rooms.values()):
            for connection in list(room.connections.values()):
                connection.bye(Code.RESTART, retry_after=random.uniform(0.5, 5.0))
        for room in list(self.rooms.values()):
            await room.writer.idle()
        for task in self._tasks:
            task.cancel()
        if self._loop is not None:
            doorbell.forget(self._committed)

    def connections(self) -> Iterable[Connection]:
        for room in list(self.rooms.values()):
            yield from list(room.connections.values())

    def presence_changed(self, room: LiveRoom) -> None:
        """Tell this room's readers soon, and the other processes."""
        room.presence_changed()
        typing = {str(thread): count for thread, count in room.lease.typing_here().items()}
        bell = {"kind": "presence", "room": room.slug, "count": room.lease.here, "typing": typing}
        self.bells.ring(("presence", room.slug), bell)

    async def _open(self, slug: str) -> LiveRoom:
        found, heads, epoch = await self.database.read(_find, slug)
        room = LiveRoom(
            slug,
            streams=(found.public_stream, found.staff_stream),
            heads=heads,
            epoch=epoch,
            read_after=(
                partial(self.events_after, slug, stream="public"),
                partial(self.events_after, slug, stream="staff"),
            ),
            writer=Writer(slug, self._execute, self.database),
            lease=Lease(self.steady),
            too_slow=partial(self._too_slow, slug),
            count_polls=partial(self._count_polls, slug),
        )
        self.rooms[slug] = room
        self._by_stream |= dict.fromkeys(room.streams, room)
        return room

    async def events_after(self, slug: str, seq: int, *, stream: StreamName) -> list[AnyEvent]:
        """A page of the log as it should be told now."""
        return await self.database.read(_events, slug, seq, stream)

    def _committed(self, rung: Rung) -> None:
        """From whichever thread committed."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._rung, rung)

    def _rung(self, rung: Rung) -> None:
        if rung.stream in self._by_stream:
            self._take(rung)
        bell: Bell = {"kind": "head", "stream": rung.stream, "head": rung.head}
        tallies = tuple(tally.message for tally in rung.tallies)
        if tallies:
            bell["tallies"] = list(tallies)
        if rung.polls:
            bell["polls"] = sorted(rung.polls)
        # A later head tells of the earlier ones too; only counts must not replace each other.
        self.bells.ring((rung.stream, tallies, rung.polls), bell)

    def _take(self, rung: Rung) -> None:
        room = self._by_stream[rung.stream]
        fresh = room.rung(rung)
        if any(isinstance(event, PersonBanned) for event in fresh):
            self._soon(self._guard.check())
        # Nothing fresh: what happened is still being read from the log.
        if room.displays and (not fresh or any(isinstance(one, MeetingEvent) for one in fresh)):
            self._soon(self._guard.check_displays(room))

    def _heard(self, bell: Bell) -> None:
        match bell["kind"]:
            case "head":
                self._head_heard(bell)
            case "presence":
                if room := self.rooms.get(bell["room"]):
                    typing = {int(thread): count for thread, count in bell["typing"].items()}
                    room.lease.renew(bell["process"], bell["count"], typing)
                    room.presence_changed()

    def _head_heard(self, bell: Bell) -> None:
        stream = bell["stream"]
        if stream.endswith(":staff"):
            # A ban may be for everywhere, so it matters here even where its room is not open.
            self._soon(self._guard.check())
        if room := self._by_stream.get(stream):
            room.streams[stream].publish(bell["head"])
            if room.displays:
                self._soon(self._guard.check_displays(room))
            if bell.get("tallies"):
                self._soon(self._fetch_tallies(room, bell["tallies"]))
            room.voted(bell.get("polls", []))

    def _soon(self, work: Coroutine[None, None, None]) -> None:
        """Do what may fail: the guard looks again soon, and counts are only hints."""
        task = asyncio.create_task(_quietly(work))
        self._hints.add(task)
        task.add_done_callback(self._hints.discard)

    def _errand(self, work: Coroutine[None, None, None]) -> None:
        """Do it beside everything else; the loop by itself would hold the task only weakly."""
        task = asyncio.create_task(work)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def _fetch_tallies(self, room: LiveRoom, messages: list[int]) -> None:
        room.tally(await self.database.read(_tallies, messages))

    def _count_polls(self, slug: str, polls: set[int]) -> None:
        self._soon(self._tell_polls(self.rooms[slug], polls))

    async def _tell_polls(self, room: LiveRoom, polls: set[int]) -> None:
        room.tell_polls(await self.database.read(selectors.polls_now, room.slug, polls))

    async def reach(self, room: LiveRoom, seq: int | None) -> None:
        """Before a number is called one from the future: another process may be ahead of us."""
        if seq is not None and seq > room.public.head:
            await self._look(list(room.streams))
            await room.public.caught_up()

    async def _poll(self) -> None:
        """One query for all rooms of this process: where do their streams stand?"""
        if self._by_stream:
            await self._look(list(self._by_stream))

    async def _look(self, streams: list[str]) -> None:
        heads = await self.database.read(reading.heads, streams)
        for stream, head in heads.items():
            self._by_stream[stream].streams[stream].publish(head)

    async def _beat(self) -> None:
        odd = False
        while True:
            await asyncio.sleep(HEARTBEAT)
            odd = not odd
            for room in list(self.rooms.values()):
                room.heartbeat(self.clock(), ping=odd)
                self.presence_changed(room)
            self._drop_silent()

    def _drop_silent(self) -> None:
        oldest = self.steady() - SILENT
        for connection in list(self.connections()):
            heard = connection.socket.heard()
            if heard is not None and heard < oldest:
                connection.bye(Code.SILENT, retry_after=1)

    def _too_slow(self, slug: str, socket: Socket) -> None:
        if connection := self.rooms[slug].connections.get(socket):
            connection.bye(Code.TOO_SLOW, retry_after=2)


async def _quietly(work: Coroutine[None, None, None]) -> None:
    try:
        await work
    except Exception as error:
        _log.warning("hint.failed", kind=type(error).__name__)


def _find(slug: str) -> tuple[Room, tuple[int, int], str]:
    found = Room.objects.filter(slug=slug).first()
    if found is None:
        raise access.no_room()
    public = reading.head(found.public_stream)
    return found, (public.seq, reading.head(found.staff_stream).seq), public.epoch


def _events(slug: str, seq: int, stream: StreamName) -> list[AnyEvent]:
    room = Room.objects.select_related("neighbourhood", "charter").get(slug=slug)
    return selectors.events_after(room, seq, stream=stream, limit=PAGE)


def _tallies(messages: list[int]) -> list[TallyNow]:
    rows = Message.objects.filter(pk__in=messages)
    return [TallyNow(message=row.pk, counts=row.tally()) for row in rows]
