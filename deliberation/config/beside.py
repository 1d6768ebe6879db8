"""The follower as a process of its own beside the one that serves: its sums would hold up rooms.

They share the database, and two pipes. A byte to the follower says that something was written; a
line from it names a stream that it wrote to. The pipe ends when the server does, however that
happens, and then so does the follower.
"""

import os
import subprocess
import sys
import threading
import time

import structlog

from deliberation.eventlog import doorbell
from deliberation.eventlog.doorbell import Rung

from .following import start_following, wake
from .housekeeping import start_tidying

COMMAND = (sys.executable, "-m", "deliberation", "worker", "--beside")
NICENESS = 19  # the least
AGAIN_AFTER = 2.0  # seconds; one that can't start must not eat a processor

_log = structlog.get_logger(__name__)
_written = threading.Event()


def start_beside() -> None:
    """In the server: start the follower, and start it again when it dies."""
    doorbell.listen(lambda _rung: _written.set())
    threading.Thread(target=_keep, name="beside", daemon=True).start()


def _keep() -> None:
    while True:
        with _started() as process:
            threading.Thread(target=_poke, args=(process,), daemon=True).start()
            _hear(process)
        _log.warning("follower.died", status=process.returncode)
        time.sleep(AGAIN_AFTER)


def _started() -> "subprocess.Popen[bytes]":
    """In a group of its own: Ctrl-C is the server's, and the follower ends when that has. But not
    in a session of its own: Linux would give that as much of a processor as the server's, whatever
    its niceness."""
    pipe = subprocess.PIPE
    return subprocess.Popen(COMMAND, stdin=pipe, stdout=pipe, process_group=0)


def _poke(process: "subprocess.Popen[bytes]") -> None:
    """One byte for all that was written since the last."""
    assert process.stdin is not None
    while process.poll() is None:
        if _written.wait(AGAIN_AFTER):
            _written.clear()
            try:
                os.write(process.stdin.fileno(), b".")
            except OSError:
                return


def _hear(process: "subprocess.Popen[bytes]") -> None:
    """Ring here for what was written there. Ends with the process."""
    assert process.stdout is not None
    for line in process.stdout:
        stream, head = line.decode().split()
        doorbell.ring(Rung(stream, int(head), (), ()))


def follow_beside() -> None:
    """In the follower: until the server is gone. Rooms go first where there is one processor."""
    _give_way()
    doorbell.listen(_tell)
    start_following(beside=True)
    start_tidying()
    while os.read(sys.stdin.fileno(), 4096):
        wake()
    os._exit(0)  # nothing to save: the next one goes on from the cursors


def _give_way() -> None:
    """Only what the server and its database leave of a processor, where the system knows that."""
    os.nice(NICENESS)
    if hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _tell(rung: Rung) -> None:
    os.write(sys.stdout.fileno(), f"{rung.stream} {rung.head}\n".encode())
