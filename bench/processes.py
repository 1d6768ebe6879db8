"""Processes of the bench: started on one core, watched, stopped by their own number."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

SERVER_CORE, LOAD_CORE = 0, 1
START_PATIENCE = 60.0  # seconds
URGENT = threading.Event()  # set where the machine is shared with other work
_TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


class Process:
    """A server and all processes that it starts, pinned to the server's core."""

    def __init__(
        self,
        command: list[str],
        log: Path,
        *,
        env: dict[str, str] | None = None,
        cwd: Path | None = None,
        user: int | None = None,
    ) -> None:
        self.log = log
        with log.open("ab") as output:
            self._popen = subprocess.Popen(
                command,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=os.environ | (env or {}),
                cwd=cwd,
                user=user,
                group=user,
                extra_groups=[] if user else None,
                start_new_session=True,
                preexec_fn=lambda: os.sched_setaffinity(0, {SERVER_CORE}),
            )
        self.pid = self._popen.pid

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Raises RuntimeError, with the end of its log, when it dies or takes too long."""
        end = time.monotonic() + START_PATIENCE
        while not ready():
            if self._popen.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{self._popen.args!r} did not start:\n{self.said()}")
            time.sleep(0.1)

    def said(self) -> str:
        """The end of its log."""
        return self.log.read_text(errors="replace")[-2000:]

    def cpu_seconds(self) -> float:
        return sum(_cpu_seconds(pid) for pid in self._tree())

    def resident_kb(self) -> int:
        """Memory in RAM, of it and what it started."""
        return sum(_resident_kb(pid) for pid in self._tree())

    def hurry(self) -> None:
        """Put it and what it started before other work, if this run is urgent."""
        if URGENT.is_set():
            for pid in self._tree():
                hurry(pid)

    def pause(self) -> None:
        """It and what it started stand still until `resume`."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        self.resume()
        self._popen.terminate()
        try:
            self._popen.wait(15)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()

    def _signal(self, number: signal.Signals) -> None:
        for pid in self._tree():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def _tree(self) -> Iterator[int]:
        todo = [self.pid]
        while todo:
            pid = todo.pop()
            yield pid
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                todo += map(int, _read(task).split())


def hurry(pid: int) -> None:
    """Let the scheduler put this process group before others (Linux autogroups; root only)."""
    group = Path(f"/proc/{pid}/autogroup")
    if group.exists():
        group.write_text("-19")


def answers(port: int, path: str = "/") -> bool:
    """True once an HTTP server gives an answer, any answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # gone meanwhile
        return ""


def _cpu_seconds(pid: int) -> float:
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def _resident_kb(pid: int) -> int:
    for line in _read(Path(f"/proc/{pid}/status")).splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0
