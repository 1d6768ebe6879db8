"""One load on one set of sockets: warm up, measure, then wait for every delivery and check it."""

import random
import socket
import string
import time
from collections.abc import Callable
from dataclasses import dataclass

from .framing import client_frame, places_of
from .native import MOST, Counts, Loop, latency_ms
from .wires import Wire, marker_of

SLICE = 0.25  # seconds between two looks of the progress bar
DRAIN = 15.0  # seconds in which the last deliveries must come


@dataclass(frozen=True)
class Load:
    """What is asked of a server.

    In a closed loop `in_flight` messages are kept under way: posted, and not yet seen by their
    author's own socket. In an open loop `rate` messages a second are posted, come what may, and
    latency counts from the moment that each was due.
    """

    in_flight: int = 0
    rate: float = 0.0
    warm_up: float = 2.0  # seconds
    window: float = 6.0


@dataclass(frozen=True)
class Measured:
    """What came of a load. Times in milliseconds; deliveries and messages as counts."""

    deliveries_per_second: float
    messages_per_second: float
    p50_ms: float
    p99_ms: float
    posted: int
    lost: int
    doubled: int
    refused: int
    closed: int
    close_code: int
    broken: int
    stalled: int
    agreeing: int  # readers that saw all messages in one and the same order
    readers: int
    megabytes_per_second: float
    generator_busy: float  # share of the window in which the generator had something to read
    server_cores: float  # cores that the server used in the window
    refusal: str = ""

    @property
    def sound(self) -> bool:
        """Every message reached every reader once, in one order, and nobody was cut off."""
        wrong = self.lost + self.doubled + self.refused + self.closed + self.broken + self.stalled
        return wrong == 0 and self.agreeing == self.readers

    @property
    def flaws(self) -> str:
        """What went wrong, in words; empty when nothing did."""
        counts = ("lost", "doubled", "refused", "closed", "broken", "stalled")
        words = [f"{getattr(self, name)} {name}" for name in counts if getattr(self, name)]
        if self.closed:
            words.append(f"close code {self.close_code}")
        if not words and self.agreeing != self.readers:
            words = [f"order differs at {self.readers - self.agreeing} readers"]
        return ", ".join(words)


def new_run() -> str:
    """Four letters that tell one load from another."""
    return "".join(random.choices(string.ascii_lowercase, k=4))


def authors_of(readers: int) -> list[int]:
    """Message n is by author n mod readers: everyone in turn, in a fixed scattered order."""
    order = list(range(readers))
    random.Random(readers).shuffle(order)
    return order


def measure(
    sockets: list[socket.socket],
    wire: Wire,
    load: Load,
    *,
    cpu_seconds: Callable[[], float] = lambda: 0.0,
    passed: Callable[[float], object] = lambda _: None,
    patience: float = DRAIN,
) -> Measured:
    """Put `load` on connected sockets. `passed` hears of each stretch of seconds; what has not
    come `patience` seconds after the last post is lost."""
    run = new_run()
    loop = Loop(
        [sock.fileno() for sock in sockets],
        authors_of(len(sockets)),
        marker=marker_of(run),
        ack=wire.ack,
        nack=wire.nack,
        most=MOST,
    )
    frame = client_frame(wire.post(run))
    loop.frame(frame, places_of(frame))
    try:
        _for(loop, load, load.warm_up, passed)
        before, cpu, started = loop.counts(), cpu_seconds(), time.perf_counter()
        loop.measure(True)
        _for(loop, load, load.window, passed)
        loop.measure(False)
        after, cpu = loop.counts(), cpu_seconds() - cpu
        window = time.perf_counter() - started
        end = _drain(loop, len(sockets), patience)
        histogram = loop.histogram()
        return Measured(
            deliveries_per_second=(after.delivered - before.delivered) / window,
            messages_per_second=(after.posted - before.posted) / window,
            p50_ms=latency_ms(histogram, 0.5),
            p99_ms=latency_ms(histogram, 0.99),
            posted=end.posted,
            lost=end.posted * len(sockets) - end.delivered,
            doubled=end.doubled,
            refused=end.nacks,
            closed=end.closed,
            close_code=end.close_code,
            broken=end.broken + end.unknown,
            stalled=end.stalled,
            agreeing=loop.agreeing(),
            readers=len(sockets),
            megabytes_per_second=(after.received - before.received) / window / 1e6,
            generator_busy=(after.busy - before.busy) / window / 1e9,
            server_cores=cpu / window,
            refusal=end.refusal.decode(errors="replace"),
        )
    finally:
        loop.free()


def _for(loop: Loop, load: Load, seconds: float, passed: Callable[[float], object]) -> None:
    slices = max(1, round(seconds / SLICE))
    for _ in range(slices):
        loop.run(seconds / slices, in_flight=load.in_flight, rate=load.rate)
        passed(seconds / slices)


def _drain(loop: Loop, readers: int, patience: float) -> Counts:
    """Post no more; read until every message reached everyone, or patience ends."""
    end = time.perf_counter() + patience
    counts = loop.run(0.05)
    while counts.delivered < counts.posted * readers and time.perf_counter() < end:
        counts = loop.run(0.05)
    return loop.run(0.2)
