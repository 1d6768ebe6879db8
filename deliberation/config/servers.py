"""This machine's own Redis and PostgreSQL, for tests, measurements and `deliberation full`.

Each runs on a free port of this machine only, with a password, in a folder of its own, and
never as root. What is started here is stopped here.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import redis

from . import processes

PACKAGES = {"redis-server": "redis-server", "postgres": "postgresql", "nginx": "nginx"}
OLDEST_POSTGRES = 15
_DATABASE = "deliberation"
_CONFIGURATION = """\
bind 127.0.0.1
port {port}
dir {folder}
requirepass {password}
save ""
appendonly no
"""


class ServerMissing(Exception):
    """A program that has to be installed first; the message says how."""


class Server(str):
    """The address of a running server; it can be killed and started again at that address."""

    process: processes.Process

    def kill(self) -> None:
        """As if its plug were pulled."""
        self.process.kill()

    def start(self) -> None:
        """Start it again and wait until it answers."""
        self.process.start()

    def stop(self) -> None:
        """Ask it to finish, and wait until it has."""
        self.process.stop()


def program(name: str) -> Path:
    """Where `redis-server`, `postgres` or `nginx` is. Raises ServerMissing."""
    found = _postgres() if name == "postgres" else shutil.which(name, path=_path())
    if not found:
        version = f" {OLDEST_POSTGRES} or newer" if name == "postgres" else ""
        raise ServerMissing(
            f"{name}{version} is not installed on this machine. Install it, on Debian or Ubuntu "
            f"with: sudo apt-get install {PACKAGES[name]}"
        )
    return Path(found)


def missing(name: str) -> str:
    """How to install a program that is not there; empty where it is."""
    try:
        program(name)
    except ServerMissing as error:
        return str(error)
    return ""


@contextmanager
def redis_server(folder: Path | None = None) -> Iterator[Server]:
    """A Redis that keeps nothing on disk. Gives its address. Raises ServerMissing."""
    command = program("redis-server")
    with _place(folder, "redis") as place:
        port, password = processes.free_port(), secrets.token_urlsafe(24)
        server = Server(f"redis://:{password}@127.0.0.1:{port}/0")
        settings = _CONFIGURATION.format(port=port, folder=place, password=password)
        _secret(place / "redis.conf", settings)
        with _running(server, [command, place / "redis.conf"], place, _redis_answers):
            yield server


@contextmanager
def postgres_server(folder: Path | None = None, options: Sequence[str] = ()) -> Iterator[Server]:
    """PostgreSQL with its safe defaults and one database. Gives its address.

    `folder` is kept, and used again the next time; without it everything is thrown away.
    `options` are settings like "max_connections=200". Raises ServerMissing.
    """
    command = program("postgres")
    with _place(folder, "postgresql") as place:
        password = _cluster(command.parent, place)
        port = processes.free_port()
        server = Server(f"postgres://{_DATABASE}:{password}@127.0.0.1:{port}/{_DATABASE}")
        serve: list[str | Path] = [command, "-D", place / "data", "-p", str(port)]
        for option in ("listen_addresses=127.0.0.1", "unix_socket_directories=", *options):
            serve += ["-c", option]
        ready = partial(_postgres_answers, port, password)
        with _running(server, serve, place, lambda _: ready()):
            yield server


@contextmanager
def _running(
    server: Server,
    command: Sequence[str | Path],
    place: Path,
    answers: Callable[[Server], bool],
) -> Iterator[None]:
    server.process = processes.Process(
        [str(part) for part in command],
        log=place / "server.log",
        ready=lambda: answers(server),
        user=processes.unprivileged(),
    )
    try:
        server.start()
        yield
    finally:
        server.stop()


@contextmanager
def _place(folder: Path | None, name: str) -> Iterator[Path]:
    """A folder that the server's user can work in."""
    if folder is None:
        with tempfile.TemporaryDirectory(prefix=f"deliberation-{name}-") as temporary:
            yield _owned(Path(temporary))
    else:
        folder.mkdir(parents=True, exist_ok=True)
        yield _owned(folder.resolve())


def _owned(folder: Path) -> Path:
    user = processes.unprivileged()
    if user is not None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user, user)
    folder.chmod(0o700)
    return folder


def _secret(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text)
    _owned(path.parent)


def _cluster(programs: Path, place: Path) -> str:
    """Make the data folder unless it is there. Returns the password."""
    password = place / "password"
    if not (place / "data" / "PG_VERSION").exists():
        shutil.rmtree(place / "data", ignore_errors=True)
        _secret(password, secrets.token_urlsafe(24))
        make = [programs / "initdb", "-D", place / "data", "-U", _DATABASE, "-E", "UTF8"]
        make += ["-A", "scram-sha-256", f"--pwfile={password}", "--locale=C.UTF-8"]
        processes.run([str(part) for part in make], user=processes.unprivileged(), cwd=place)
    return password.read_text()


def _redis_answers(server: Server) -> bool:
    try:
        client: Any = redis.Redis.from_url(server)
        with client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _postgres_answers(port: int, password: str) -> bool:
    """Whether it takes connections; the first time, its database is made."""
    reach = f"host=127.0.0.1 port={port} user={_DATABASE} password={password} dbname=postgres"
    try:
        with psycopg.connect(reach, autocommit=True) as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(query, [_DATABASE]).fetchone() is None:
                connection.execute(f"CREATE DATABASE {_DATABASE}")
        return True
    except psycopg.OperationalError:
        return False


def _postgres() -> str | None:
    """The newest one; Debian keeps PostgreSQL's programs off the PATH, and a version apart."""
    found = [
        shutil.which("postgres"),
        *map(str, Path("/usr/lib/postgresql").glob("*/bin/postgres")),
    ]
    versions = {_version(path): path for path in found if path}
    newest = max(versions, default=0)
    return versions[newest] if newest >= OLDEST_POSTGRES else None


def _version(postgres: str) -> int:
    """From "postgres (PostgreSQL) 15.6 (Debian …)"."""
    words = processes.run([postgres, "--version"]).partition(")")[2].split()
    return int(words[0].partition(".")[0]) if words else 0


def _path() -> str:
    """Where administrators' programs are, which not every PATH has."""
    return os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
