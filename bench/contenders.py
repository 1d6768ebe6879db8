"""The servers of one run: each a context that starts it, and stops it when the run is over."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from . import databases
from .load import wires
from .load.wires import Wire
from .processes import Process, answers, free_port

ROOT = Path(__file__).resolve().parents[1]
ROOM, SMALL_ROOM, LARGE_ROOM = "bench", "bench-small", "bench-large"
DELIBERATION = [sys.executable, "-m", "deliberation"]


@dataclass
class Contender:
    """A running server. `server` is what serves sockets; `helpers` are its databases."""

    name: str
    port: int
    wire: Wire
    server: Process
    helpers: list[Process] = field(default_factory=list)
    environment: dict[str, str] | None = None  # of our own product; None for a peer
    _cookies: list[str] = field(default_factory=list)

    @property
    def ours(self) -> bool:
        return self.environment is not None

    def cookies(self, count: int) -> list[str]:
        """A session for each of `count` residents; peers know no residents."""
        if self.environment is None:
            return [""] * count
        if len(self._cookies) < count:
            words = ["bench", "members", "--room", ROOM, "--count", str(count)]
            self._cookies = deliberation(self.environment, *words).split()
        return self._cookies[:count]

    def cpu_seconds(self) -> float:
        """Processor time so far, of the server and its databases."""
        return sum(process.cpu_seconds() for process in (self.server, *self.helpers))

    def hurry(self) -> None:
        """On a shared machine, where it was asked for: before other work."""
        for process in (self.server, *self.helpers):
            process.hurry()

    def pause(self) -> None:
        """Stand still: what it has yet to look at is not paid by who is measured next."""
        for process in (self.server, *self.helpers):
            process.pause()

    def resume(self) -> None:
        for process in (*self.helpers, self.server):
            process.resume()


Starter = Callable[[Path], AbstractContextManager[Contender]]


@contextmanager
def channels_chat(folder: Path) -> Iterator[Contender]:
    """The plain Channels chat, on Daphne with the in-memory layer."""
    port = free_port()
    command = [sys.executable, "-m", "daphne", "-v", "0", "-b", "127.0.0.1", "-p", str(port)]
    server = Process(
        [*command, "bench.peers.channels_chat.asgi:application"],
        folder / "channels.log",
        env={"DJANGO_SETTINGS_MODULE": "bench.peers.channels_chat.settings"},
        cwd=ROOT,
    )
    yield from _served("Channels chat", port, wires.channels_chat(ROOM), server)


@contextmanager
def socketio(folder: Path) -> Iterator[Contender]:
    """socket.io on Node, installed from its lock file."""
    home, port = ROOT / "bench" / "peers" / "socketio", free_port()
    if not (home / "node_modules").exists():
        subprocess.run(["npm", "ci", "--silent"], cwd=home, check=True)
    command = ["node", "server.js", str(port)]
    server = Process(command, folder / "socketio.log", cwd=home, env={"NODE_ENV": "production"})
    yield from _served("socket.io", port, wires.socketio(ROOM), server)


@contextmanager
def ours_on_sqlite(folder: Path) -> Iterator[Contender]:
    """The full product as `make run` runs it: SQLite with synchronous=FULL, one process."""
    with _ours("ours, SQLite", folder, {}, []) as contender:
        yield contender


@contextmanager
def ours_on_postgresql(folder: Path) -> Iterator[Contender]:
    """The full product on PostgreSQL and Redis. Both run on the server's core as well."""
    with ExitStack() as stack:
        database, database_url = stack.enter_context(databases.postgresql(folder))
        layer, redis_url = stack.enter_context(databases.redis(folder))
        addresses = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
        yield stack.enter_context(_ours("ours, PostgreSQL", folder, addresses, [database, layer]))


STARTERS: dict[str, Starter] = {
    "Channels chat": channels_chat,
    "socket.io": socketio,
    "ours, SQLite": ours_on_sqlite,
    "ours, PostgreSQL": ours_on_postgresql,
}


@contextmanager
def _ours(
    name: str, folder: Path, addresses: dict[str, str], helpers: list[Process]
) -> Iterator[Contender]:
    settings = {
        "DATA_DIR": str(folder / "data"),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "RATE_LIMITS": "off",
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    environment = {f"DELIBERATION_{key}": value for key, value in (settings | addresses).items()}
    deliberation(environment, "release")
    thread = int(deliberation(environment, "bench", "room", "--room", ROOM).split()[-1])
    port = free_port()
    server = Process(
        [*DELIBERATION, "serve", "--port", str(port)],
        folder / "ours.log",
        env=environment,
        cwd=ROOT,
    )
    for contender in _served(name, port, wires.ours(ROOM, thread), server, page="/healthz"):
        contender.helpers, contender.environment = helpers, environment
        yield contender


def deliberation(environment: dict[str, str], *words: str) -> str:
    """What a command of ours prints. Raises CalledProcessError when it fails."""
    done = subprocess.run(
        [*DELIBERATION, *words],
        env=os.environ | environment,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def _served(
    name: str, port: int, wire: Wire, server: Process, *, page: str = "/"
) -> Iterator[Contender]:
    try:
        server.wait_until(lambda: answers(port, page))
        yield Contender(name, port, wire, server)
    finally:
        server.stop()
