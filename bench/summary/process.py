"""Running a command as a black box, with what it cost."""

import re
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_LOOK = 0.02  # seconds
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass(frozen=True)
class Finished:
    """`seconds` by the clock, of the whole process; `megabytes` at its peak, resident.

    `code` is None when it was ended because it took too long.
    """

    code: int | None
    out: str
    said: str
    seconds: float
    megabytes: float


def measured(command: Sequence[str], given: str, limit: float) -> Finished:
    """Hands `given` to the command; ends it after `limit` seconds."""
    with (
        tempfile.TemporaryFile() as source,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as said,
    ):
        source.write(given.encode())
        source.seek(0)
        began = time.perf_counter()
        with subprocess.Popen(command, stdin=source, stdout=out, stderr=said) as process:
            peak = _watched(process, began + limit)
            seconds = time.perf_counter() - began
            code = process.poll()
            process.kill()
        return Finished(code, _read(out), _read(said), seconds, peak)


def _watched(process: "subprocess.Popen[bytes]", until: float) -> float:
    """Waits; the peak in megabytes. Read from the kernel while it runs, since what `wait4` tells
    afterwards includes the memory of the process that started it."""
    peak = 0.0
    while process.poll() is None and time.perf_counter() < until:
        found = _PEAK.search(Path(f"/proc/{process.pid}/status").read_text())
        peak = max(peak, int(found[1]) / 1024) if found else peak
        time.sleep(_LOOK)
    return peak


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()
