"""Fans events out: encoded once, joined per flush, one write per socket."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable

import structlog

from deliberation.protocol.codec import encode
from deliberation.protocol.events import AnyEvent

from .frames import Burst
from .metrics import FLUSH, LAG
from .sockets import UNSENT_LIMIT, Socket

_log = structlog.get_logger(__name__)
RECENT = 512  # events kept encoded for those who come back soon
_REMOVES = (
    "message.retracted",
    "message.hidden",
    "message.edited",
    "message.erased",
    "message.gone",
    "thread.moved",
    "author.changed",
)

ReadAfter = Callable[[int], Awaitable[list[AnyEvent]]]


class Channel:
    """One stream's readers in this process. `head` is the last number they were all given."""

    def __init__(
        self, head: int, read_after: ReadAfter, *, too_slow: Callable[[Socket], None]
    ) -> None:
        self.head = head
        self.sockets: set[Socket] = set()
        self.advanced = asyncio.Event()
        self._read_after = read_after
        self._wanted = head
        self._too_slow = too_slow
        self._pending: list[bytes] = []
        self._recent: deque[tuple[int, bytes]] = deque(maxlen=RECENT)
        self._oldest_at = 0.0
        self._catching_up: asyncio.Task[None] | None = None

    def publish(self, head: int, events: Iterable[AnyEvent] = ()) -> list[AnyEvent]:
        """Take what follows on; anything missing before `head` is read from the log.

        Returns the events that were new here.
        """
        fresh = [event for event in events if event.seq > self.head]
        if fresh and fresh[0].seq == self.head + 1:
            self._take(fresh)
        else:
            fresh = []
        self._wanted = max(self._wanted, head)
        if self._wanted > self.head and (self._catching_up is None or self._catching_up.done()):
            self._catching_up = asyncio.get_running_loop().create_task(self._catch_up())
        return fresh

    async def caught_up(self) -> None:
        """Wait until what was published is here, or could not be read."""
        if self._catching_up is not None:
            await asyncio.wait([self._catching_up])

    def join(self, socket: Socket) -> None:
        """Give `socket`, which has everything up to `head`, what comes after it."""
        self._flush()  # what still waits is part of what the newcomer has
        self.sockets.add(socket)

    def recent_after(self, seq: int) -> list[bytes] | None:
        """Encoded events after `seq`, if they are all still here."""
        if seq == self.head:
            return []
        if not self._recent or self._recent[0][0] > seq + 1:
            return None
        return [payload for number, payload in self._recent if number > seq]

    def send(self, burst: Burst) -> None:
        """One write per socket. Who does not keep up loses only their own socket."""
        for socket in tuple(self.sockets):
            if socket.write(burst) > UNSENT_LIMIT:
                self._too_slow(socket)

    async def _catch_up(self) -> None:
        try:
            while self.head < self._wanted:
                events = await self._read_after(self.head)
                missed = [event for event in events if event.seq > self.head]
                if not missed:
                    return
                self._take(missed)
        except Exception as error:
            # The next doorbell, or the next look at the database, tries again.
            _log.warning("catch_up.failed", kind=type(error).__name__)

    def _take(self, events: list[AnyEvent]) -> None:
        for event in events:
            payload = encode(event)
            if event.__struct_config__.tag in _REMOVES:
                # Words that are no longer shown must not be handed to a late reader.
                self._recent.clear()
            self._recent.append((event.seq, payload))
            self._pending.append(payload)
        self.head = events[-1].seq
        if self._oldest_at == 0.0:
            self._oldest_at = min(event.at.timestamp() for event in events)
            asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        if not self._pending:
            return
        payloads, self._pending = self._pending, []
        lag, self._oldest_at = time.time() - self._oldest_at, 0.0
        started = time.perf_counter()
        self.send(Burst(payloads))
        FLUSH.observe(time.perf_counter() - started)
        LAG.observe(max(0.0, lag))
        self.advanced.set()
        self.advanced = asyncio.Event()
