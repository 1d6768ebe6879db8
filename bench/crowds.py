"""Crowd scenarios: the same readers and posts for every server, in turns."""

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from statistics import median

from .contenders import Contender
from .load.connect import connect_all
from .load.measure import Load, Measured, measure
from .rows import Row, compare, spread_of
from .scenarios import Ask, Crowd

_QUIET = 1.0  # seconds for a server to be done with the goodbyes of the last crowd
Passed = Callable[[float], object]
Say = Callable[[str], object]
Results = dict[tuple[str, str], list[Measured]]


def run_crowd(
    crowd: Crowd, running: dict[str, Contender], *, say: Say, passed: Passed
) -> list[Row]:
    """A row per load and server. Rounds go A B C, B C A, … so that drift hits all alike."""
    names = [name for name in crowd.servers if name in running]
    results: Results = {}
    for turn in range(crowd.rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            say(f"{crowd.name} {turn + 1}/{crowd.rounds}: {name}")
            with _alone(running[name]), connected(running[name], crowd.readers) as sockets:
                for ask in crowd.asks:
                    measured = _measure(running[name], sockets, ask.load, passed)
                    results.setdefault((ask.title, name), []).append(measured)
    return [_row(crowd, ask, name, results) for ask in crowd.asks for name in names]


@contextlib.contextmanager
def _alone(contender: Contender) -> Iterator[None]:
    """The others stand still meanwhile, and so does it afterwards."""
    contender.resume()
    try:
        yield
    finally:
        contender.pause()


@contextlib.contextmanager
def connected(
    contender: Contender, readers: int, *, grown: Callable[[list[socket.socket]], object] = len
) -> Iterator[list[socket.socket]]:
    """That many residents, signed in where the server knows residents, in one room."""
    contender.hurry()
    cookies = contender.cookies(readers)
    try:
        sockets = connect_all(contender.port, contender.wire, cookies, grown=grown)
    except OSError as error:
        said = contender.server.said()
        raise RuntimeError(f"{contender.name} refused its crowd ({error}):\n{said}") from error
    try:
        yield sockets
    finally:
        for sock in sockets:
            sock.close()
        time.sleep(_QUIET)


def _measure(
    contender: Contender, sockets: list[socket.socket], load: Load, passed: Passed
) -> Measured:
    cpu = contender.cpu_seconds
    return measure(sockets, contender.wire, load, cpu_seconds=cpu, passed=passed)


def _row(crowd: Crowd, ask: Ask, name: str, results: Results) -> Row:
    mine, goal = results[ask.title, name], ask.goal
    peer = results.get((ask.title, goal.against), [])
    figures = [float(getattr(one, goal.figure)) for one in mine]
    others = [float(getattr(one, goal.figure)) for one in peer]
    judged = name.startswith("ours") and bool(others or not goal.against)
    return Row(
        scenario=crowd.name,
        title=f"{crowd.readers:,} readers, {ask.title}",
        server=name,
        figure=goal.figure,
        values={
            key: median(getattr(one, key) for one in mine)
            for key in ("deliveries_per_second", "p50_ms", "p99_ms", "server_cores")
        },
        spread=spread_of(figures),
        goal=goal if judged else None,
        compared=compare(goal, figures, others) if judged else None,
        flaws="; ".join(sorted({one.flaws for one in mine if not one.sound})),
        rounds=[asdict(one) for one in mine],
    )
