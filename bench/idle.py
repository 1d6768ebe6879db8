"""Many connections that only listen: memory each, and the processor while nothing happens."""

import socket
import time
from pathlib import Path

from .contenders import STARTERS, Contender
from .crowds import Passed, Say, connected
from .load.measure import SLICE, new_run
from .load.native import Loop
from .load.wires import marker_of
from .rows import Row
from .scenarios import Idle

_WARM = 200  # connections made and closed first, so that one-off costs are not counted
SETTLE = 15.0  # seconds


def run_idle(idle: Idle, name: str, folder: Path, *, say: Say, passed: Passed) -> list[Row]:
    """Starts a fresh server: one that had a crowd before has memory to spare."""
    with STARTERS[name](folder) as contender:
        say(f"idle: {name} gets {idle.connections:,} connections")
        contender.cookies(idle.connections)
        with connected(contender, _WARM):
            time.sleep(1.0)
        before = contender.server.resident_kb()
        listeners = _Listeners(idle.connections)
        loop = listeners.loop
        with connected(contender, idle.connections, grown=listeners.joined):
            say(f"idle: {name}")
            _listen(loop, SETTLE, passed)
            kb_each = (contender.server.resident_kb() - before) / idle.connections
            cores = _cores(contender, loop, idle.seconds, passed)
            end = loop.counts()
            loop.free()
    flaws = f"{end.closed} closed, close code {end.close_code}" if end.closed else ""
    return _rows(idle, name, kb_each, cores, flaws)


class _Listeners:
    """Those who are connected answer pings while the others still connect."""

    def __init__(self, count: int) -> None:
        places = list(range(count))
        self.loop = Loop([-1] * count, places, marker=marker_of(new_run()), most=1)
        self._joined = 0

    def joined(self, sockets: list[socket.socket]) -> None:
        for place in range(self._joined, len(sockets)):
            self.loop.join(place, sockets[place].fileno())
        self._joined = len(sockets)
        self.loop.run(0.01)


def _listen(loop: Loop, seconds: float, passed: Passed) -> None:
    for _ in range(round(seconds / SLICE)):
        loop.run(SLICE)
        passed(SLICE)


def _cores(contender: Contender, loop: Loop, seconds: float, passed: Passed) -> float:
    """Cores used by the server and its databases; heartbeats and pings go on."""
    before, started = contender.cpu_seconds(), time.perf_counter()
    _listen(loop, seconds, passed)
    return (contender.cpu_seconds() - before) / (time.perf_counter() - started)


def _rows(idle: Idle, name: str, kb_each: float, cores: float, flaws: str) -> list[Row]:
    title = f"{idle.connections:,} idle connections"
    judged = name.startswith("ours")
    return [
        Row(
            "idle",
            title,
            name,
            goal.figure,
            {goal.figure: value},
            (value, value),
            goal=goal if judged else None,
            compared=value if judged else None,
            flaws=flaws,
            rounds=[{goal.figure: value}],
        )
        for goal, value in ((idle.memory, kb_each), (idle.processor, cores))
    ]
