"""How much the load generator itself can take: deliveries a second from a server that only floods.

A figure near this one would say something of the generator, not of the server.
"""

import sys
import time
from pathlib import Path

from .contenders import ROOT
from .load.connect import connect_all
from .load.measure import new_run
from .load.native import Loop
from .load.wires import Wire, marker_of
from .processes import Process, free_port

READERS, MESSAGES, TRIES = 1000, 6400, 3


def deliveries_per_second(folder: Path) -> float:
    """The best of TRIES: a ceiling is what can be reached when nothing else is in the way."""
    return max(_once(folder) for _ in range(TRIES))


def _once(folder: Path) -> float:
    """Reads MESSAGES at READERS readers, each delivery checked as in every other load."""
    port, run = free_port(), new_run()
    words = [str(port), run, str(READERS), str(MESSAGES)]
    command = [sys.executable, "-m", "bench.load.flood", *words]
    flood = Process(command, folder / f"flood-{run}.log", cwd=ROOT)
    sockets = []
    try:
        flood.wait_until(lambda: "ready" in flood.log.read_text())
        flood.hurry()
        wire = Wire("/", lambda _run: "")
        sockets = connect_all(port, wire, [""] * READERS)
        loop = Loop(
            [sock.fileno() for sock in sockets],
            list(range(READERS)),
            marker=marker_of(run),
            most=MESSAGES,
        )
        loop.expect_all()
        sockets[0].send(b"!")
        started, counts = time.perf_counter(), loop.run(0.1)
        while counts.delivered < READERS * MESSAGES and not counts.closed:
            counts = loop.run(0.1)
        seconds = time.perf_counter() - started
        agreeing = loop.agreeing()
        loop.free()
    finally:
        for sock in sockets:
            sock.close()
        flood.stop()
    if agreeing != READERS:
        raise RuntimeError(f"Only {agreeing} of {READERS} readers saw the whole flood.")
    return counts.delivered / seconds
