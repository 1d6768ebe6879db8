"""Several server processes on one listening socket; one that dies is started again."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from types import FrameType

import structlog
from prometheus_client.multiprocess import mark_process_dead

_log = structlog.get_logger(__name__)
RESTART_AFTER = 1.0  # seconds; a worker that can't start must not eat a processor


class Supervisor:
    def __init__(self, listener: socket.socket, only: str | None) -> None:
        self._listener = listener
        self._only = only
        self._stopping = False
        self._metrics = ""
        self._workers: list[subprocess.Popen[bytes]] = []
        self._told: set[int] = set()

    def run(self, count: int) -> int:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)
        with tempfile.TemporaryDirectory(prefix="deliberation-metrics-") as self._metrics:
            self._workers = [self._start() for _ in range(count)]
            while any(worker.poll() is None for worker in self._workers) or not self._stopping:
                if self._stopping:
                    self._tell()
                else:
                    self._replace_dead()
                time.sleep(0.1)
        return 0

    def _replace_dead(self) -> None:
        for place, worker in enumerate(self._workers):
            if worker.poll() is not None and not self._stopping:
                _log.warning("worker.died", status=worker.returncode)
                # Its figures of now, such as open sockets, went with it.
                mark_process_dead(worker.pid, self._metrics)  # type: ignore[no-untyped-call]
                time.sleep(RESTART_AFTER)
                if not self._stopping:
                    self._workers[place] = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        number = self._listener.fileno()
        command = [sys.executable, "-m", "deliberation", "serve", "--fd", str(number)]
        if self._only:
            command += ["--only", self._only]
        environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": self._metrics}
        return subprocess.Popen(command, pass_fds=[number], env=environment)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _tell(self) -> None:
        """Each is told once, also one that was just being started when the signal came."""
        for worker in self._workers:
            if worker.pid not in self._told:
                worker.terminate()
                self._told.add(worker.pid)


def supervise(listener: socket.socket, workers: int, only: str | None) -> int:
    """Run `workers` processes until told to stop. Returns an exit code."""
    return Supervisor(listener, only).run(workers)
