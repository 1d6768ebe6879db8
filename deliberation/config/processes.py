"""Other programs: started, watched until they answer, asked to stop, killed."""

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PATIENCE = 60.0  # seconds
AGAIN_FOR = 5.0  # seconds


class ProcessFailed(Exception):
    """A program that did not start; the message has the end of what it said."""


class Process:
    """One program. `ready` tells whether it answers; `user` is a number, None for our own.

    One that dies at once is tried again for `patience` seconds.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        log: Path,
        ready: Callable[[], bool],
        user: int | None = None,
        environment: Mapping[str, str] | None = None,
        patience: float = AGAIN_FOR,
    ) -> None:
        self._command = list(command)
        self._log = log
        self._ready = ready
        self._user = user
        self._patience = patience
        self._environment = {**os.environ, **(environment or {})}
        self._popen: subprocess.Popen[bytes] | None = None
        self._asked = 0  # the process that was asked to finish

    @property
    def pid(self) -> int:
        """0 where it never ran."""
        return self._popen.pid if self._popen else 0

    @property
    def alive(self) -> bool:
        return self._popen is not None and self._popen.poll() is None

    def start(self) -> None:
        """Start it and wait until it answers. Raises ProcessFailed.

        One that dies at once is tried again: what its killed forerunner left behind (a port, shared
        memory) may take a moment to go.
        """
        began = time.monotonic()
        self._launch()
        while not self._ready():
            waited = time.monotonic() - began
            if waited > (PATIENCE if self.alive else self._patience):
                self.kill()
                raise ProcessFailed(f"It did not start. {self.last_words()}")
            if not self.alive:
                self._launch()
            time.sleep(0.05)

    def ask(self) -> None:
        """Ask it to finish at once but properly. Asking again changes nothing."""
        if self._popen is None or not self.alive or self._asked == self.pid:
            return
        # PostgreSQL waits for its clients on SIGTERM, but not on SIGINT; others take both.
        self._popen.send_signal(signal.SIGINT)
        self._asked = self.pid

    def stop(self, patience: float = PATIENCE) -> None:
        """The same, and wait for it; kill it when it takes longer than `patience` seconds."""
        if self._popen is None or not self.alive:
            return
        self.ask()
        try:
            self._popen.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()

    def wait(self) -> int:
        """Until it ends by itself. Returns its exit code; raises TimeoutExpired."""
        return self._popen.wait(PATIENCE) if self._popen else 0

    def kill(self) -> None:
        """Kill it and all processes it started, without any warning."""
        if self._popen is None or not self.alive:
            return
        for pid in [*descendants(self._popen.pid), self._popen.pid]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self._popen.wait()

    def _launch(self) -> None:
        with self._log.open("ab") as output:
            self._popen = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self._environment,
                cwd=self._log.parent,
                start_new_session=True,  # Ctrl-C is ours; we stop it in our own order
                user=self._user,
                group=self._user,
                extra_groups=_no_groups(self._user),
            )

    def last_words(self) -> str:
        """What it said before it stopped."""
        said = self._log.read_text(errors="replace")[-1500:]
        return f"{Path(self._command[0]).name} said:\n{said}"


def run(command: Sequence[str], *, user: int | None = None, cwd: Path | None = None) -> str:
    """Run a program to its end and return what it said. Raises ProcessFailed."""
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
        stdin=subprocess.DEVNULL,
        user=user,
        group=user,
        extra_groups=_no_groups(user),
    )
    if done.returncode:
        raise ProcessFailed(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def unprivileged() -> int | None:
    """Who servers run as when we are root: a user's number; None when we aren't root."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    raise ProcessFailed("Servers don't run as root, and there is no other user to run them as.")


def _no_groups(user: int | None) -> list[int] | None:
    """Root's groups stay behind; who isn't root can't change groups."""
    return None if user is None else []


def descendants(pid: int) -> list[int]:
    """The processes it started, and those that they started, as far as the system tells."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:  # it ended meanwhile
            continue
        for child in map(int, children):
            found += [child, *descendants(child)]
    return found
