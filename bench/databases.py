"""Debian's Redis and PostgreSQL, started for one run in a folder of its own, on free ports.

PostgreSQL runs with its own defaults (fsync and synchronous_commit on) and never as root.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .processes import Process, free_port


@contextmanager
def redis(folder: Path) -> Iterator[tuple[Process, str]]:
    """A Redis that keeps nothing on disk, and its address."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
    process = Process([*command, "--save", "", "--appendonly", "no"], folder / "redis.log")
    try:
        process.wait_until(lambda: _says(["redis-cli", "-p", str(port), "ping"], "PONG"))
        yield process, f"redis://127.0.0.1:{port}/0"
    finally:
        process.stop()


@contextmanager
def postgresql(folder: Path) -> Iterator[tuple[Process, str]]:
    """A fresh PostgreSQL cluster with an empty database, and its address."""
    port, data, user = free_port(), folder / "postgresql", _unprivileged()
    data.mkdir()
    if user is not None:
        folder.chmod(0o755)
        os.chown(data, user, user)
    programs = _programs()
    make = [str(programs / "initdb"), "-D", str(data), "-U", "bench", "-A", "trust", "-E", "UTF8"]
    subprocess.run(
        [*make, "--locale=C.UTF-8", "--no-instructions"],
        check=True,
        user=user,
        group=user,
        cwd=data,
        stdout=subprocess.DEVNULL,
    )
    serve = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", str(data)]
    process = Process(
        [*serve, "-c", "listen_addresses=127.0.0.1"],
        folder / "postgresql.log",
        user=user,
        cwd=data,
    )
    reach = ["-h", "127.0.0.1", "-p", str(port), "-U", "bench"]
    try:
        process.wait_until(lambda: _says([str(programs / "pg_isready"), *reach], "accepting"))
        subprocess.run([str(programs / "createdb"), *reach, "bench"], check=True)
        yield process, f"postgres://bench@127.0.0.1:{port}/bench"
    finally:
        process.stop()


def _unprivileged() -> int | None:
    """The number of the user that PostgreSQL runs as when we are root."""
    if os.getuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and there is no other user to run it as.")


def _programs() -> Path:
    """Where Debian keeps PostgreSQL's programs; the newest version wins."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=_version)
    on_path = shutil.which("postgres")
    if found:
        return found[-1].parent
    if on_path:
        return Path(on_path).resolve().parent
    raise RuntimeError("There is no PostgreSQL here: apt-get install postgresql redis-server")


def _version(program: Path) -> int:
    name = program.parts[-3]
    return int(name) if name.isdigit() else 0


def _says(command: list[str], words: str) -> bool:
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return words in answer.stdout
