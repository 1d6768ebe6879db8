"""Running a command as a black box, with what it cost."""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Finished:
    """`seconds` by the clock, of the whole process; `megabytes` at its peak, resident."""

    code: int
    out: str
    said: str
    seconds: float
    megabytes: float


def measured(command: Sequence[str], given: str, limit: float) -> Finished:
    """Hands `given` to the command; ends it after `limit` seconds (then `code` is -9)."""
    with (
        tempfile.TemporaryFile() as source,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as said,
    ):
        source.write(given.encode())
        source.seek(0)
        began = time.perf_counter()
        process = subprocess.Popen(command, stdin=source, stdout=out, stderr=said)
        alarm = threading.Timer(limit, process.kill)
        alarm.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        alarm.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for file in (out, said):
            file.seek(0)
            texts.append(file.read().decode())
        return Finished(process.returncode, *texts, seconds, usage.ru_maxrss / 1024)
