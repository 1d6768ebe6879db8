"""A room as it is live in this process: its channels, who is there, and what may be dropped."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from deliberation.eventlog.doorbell import Rung
from deliberation.protocol.codec import encode
from deliberation.protocol.events import AnyEvent
from deliberation.protocol.replies import Heartbeat, PollNow, Presence, TallyNow, TypingNow

from .frames import Burst
from .hub import Channel, ReadAfter
from .presence import Lease
from .sockets import Socket
from .writer import Writer

if TYPE_CHECKING:
    from .connection import Connection

TALLY_EVERY = 0.5  # seconds
POLL_EVERY = 0.5
PRESENCE_EVERY = 1.0


class LiveRoom:
    """All methods run on the event loop."""

    def __init__(
        self,
        slug: str,
        *,
        streams: tuple[str, str],
        heads: tuple[int, int],
        epoch: str,
        read_after: tuple[ReadAfter, ReadAfter],
        writer: Writer,
        lease: Lease,
        too_slow: Callable[[Socket], None],
        count_polls: Callable[[set[int]], None],
    ) -> None:
        self.slug = slug
        self.epoch = epoch
        self.writer = writer
        self.lease = lease
        self.connections: dict[Socket, Connection] = {}
        self.displays: set[Connection] = set()  # screens in a hall
        self.public = Channel(heads[0], read_after[0], too_slow=too_slow)
        self.staff = Channel(heads[1], read_after[1], too_slow=too_slow)
        self.streams = dict(zip(streams, (self.public, self.staff), strict=True))
        self._tallies: dict[int, TallyNow] = {}
        self._polls: set[int] = set()
        self._count_polls = count_polls
        self._shown = Presence(count=-1)
        self._typing: dict[int, int] = {}
        self._scheduled: set[str] = set()

    def rung(self, rung: Rung) -> list[AnyEvent]:
        """Take what a commit added; returns the events that were new here."""
        fresh = self.streams[rung.stream].publish(rung.head, rung.events)
        self.tally(rung.tallies)
        self.voted(rung.polls)
        return fresh

    def tally(self, tallies: tuple[TallyNow, ...] | list[TallyNow]) -> None:
        """Counts to show soon: many stances on one message become one frame."""
        self._tallies |= {tally.message: tally for tally in tallies}
        if self._tallies:
            self._later("tally", TALLY_EVERY, self._send_tallies)

    def voted(self, polls: frozenset[int] | list[int]) -> None:
        """Count these polls soon: many votes become one count."""
        self._polls |= set(polls)
        if self._polls:
            self._later("polls", POLL_EVERY, self._ask_counts)

    def presence_changed(self) -> None:
        self._later("presence", PRESENCE_EVERY, self._send_presence)

    def heartbeat(self, at: datetime, *, ping: bool) -> None:
        """Tell every reader where the log stands, and ask for a sign of life."""
        beat = encode(Heartbeat(head=self.public.head, at=at))
        self.public.send(Burst([beat], ping=ping))
        if self.staff.sockets:
            both = Heartbeat(head=self.public.head, staff_head=self.staff.head, at=at)
            self.staff.send(Burst([encode(both)]))

    def _later(self, name: str, delay: float, send: Callable[[], None]) -> None:
        if name in self._scheduled:
            return
        self._scheduled.add(name)
        asyncio.get_running_loop().call_later(delay, self._now, name, send)

    def _now(self, name: str, send: Callable[[], None]) -> None:
        self._scheduled.discard(name)
        send()

    def _send_tallies(self) -> None:
        tallies, self._tallies = self._tallies, {}
        self._broadcast(list(tallies.values()))

    def _ask_counts(self) -> None:
        polls, self._polls = self._polls, set()
        self._count_polls(polls)

    def tell_polls(self, counts: list[PollNow]) -> None:
        self._broadcast(counts)

    def _send_presence(self) -> None:
        frames: list[msgspec.Struct] = []
        shown = Presence(count=self.lease.count())
        if shown != self._shown:
            frames.append(shown)
        typing = self.lease.typing()
        frames += [
            TypingNow(thread=thread, count=typing.get(thread, 0))
            for thread in sorted(typing.keys() | self._typing.keys())
            if typing.get(thread, 0) != self._typing.get(thread, 0)
        ]
        self._shown, self._typing = shown, typing
        self._broadcast(frames)
        if typing:
            # A sign of typing ends by itself, and nobody rings when it does.
            self.presence_changed()

    def welcome_frames(self) -> list[bytes]:
        """What a newcomer is told at once about now."""
        frames: list[msgspec.Struct] = [Presence(count=self.lease.count())]
        frames += [TypingNow(thread=t, count=n) for t, n in self._typing.items()]
        return [encode(frame) for frame in frames]

    def _broadcast(self, frames: Sequence[msgspec.Struct]) -> None:
        if frames:
            self.public.send(Burst([encode(frame) for frame in frames]))
