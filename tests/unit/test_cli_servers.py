"""This machine's own servers: killed and started again; and what is said where they are not."""

import signal
import subprocess
import sys
import tempfile
import urllib.request
from os import environ
from pathlib import Path

import psycopg
import pytest
import redis

from deliberation.config import servers
from deliberation.config.environment import ROOT
from deliberation.config.front import local_nginx, write_local_nginx
from deliberation.config.processes import Process, ProcessFailed, free_port
from deliberation.config.servers import ServerMissing, postgres_server, redis_server
from tests.conftest import absent

NGINX = (ROOT / "deploy" / "nginx.conf").read_text()


@pytest.mark.redis
def test_a_killed_redis_is_back_at_the_same_address() -> None:
    with redis_server() as server:
        assert redis.Redis.from_url(server).ping()
        server.kill()
        with pytest.raises(redis.ConnectionError):
            redis.Redis.from_url(server).ping()
        server.start()
        assert redis.Redis.from_url(server).ping()
    assert not server.process.alive


@pytest.mark.redis
def test_nobody_uses_our_redis_without_its_password() -> None:
    with redis_server() as server:
        bare = "redis://" + server.rpartition("@")[2]
        with pytest.raises(redis.AuthenticationError):
            redis.Redis.from_url(bare).ping()


@pytest.mark.postgres
def test_a_killed_postgresql_is_back_with_all_that_was_committed() -> None:
    with postgres_server() as server:
        with psycopg.connect(server) as connection:
            connection.execute("CREATE TABLE kept (number int)")
        for number in range(3):
            with psycopg.connect(server) as connection:
                connection.execute("INSERT INTO kept VALUES (%s)", [number])
            server.kill()
            server.start()
        with psycopg.connect(server) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (3,)
    assert not server.process.alive


@pytest.mark.postgres
def test_a_folder_of_postgresql_is_used_again() -> None:
    # Not pytest's own folder: PostgreSQL does not run as root, and has to get there.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        for rows in (1, 2):
            keeping = postgres_server(Path(folder) / "data")
            with keeping as server, psycopg.connect(server) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
                connection.execute("INSERT INTO kept VALUES (1)")
                counted = connection.execute("SELECT count(*) FROM kept").fetchone()
            assert counted == (rows,)


@pytest.mark.parametrize("name", ["redis-server", "nginx"])
def test_what_is_not_installed_is_said_with_how_to_install_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "_path", lambda: "/nowhere")
    with pytest.raises(ServerMissing, match=f"apt-get install {name}"):
        servers.program(name)


def test_a_postgresql_that_is_too_old_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "_version", lambda _: 14)
    with pytest.raises(ServerMissing, match="15 or newer"):
        servers.program("postgres")


def test_a_program_that_does_not_start_tells_its_last_words(tmp_path: Path) -> None:
    command = ["/bin/sh", "-c", "echo geen zin; exit 3"]
    process = Process(command, log=tmp_path / "log", ready=lambda: False, patience=0.2)
    with pytest.raises(ProcessFailed, match="geen zin"):
        process.start()


def test_the_front_of_this_machine_is_the_deployed_one_on_free_ports(tmp_path: Path) -> None:
    found = local_nginx(NGINX, tmp_path, port=5001, web=5002, live=5003)
    assert "listen 127.0.0.1:5001;" in found
    assert "server 127.0.0.1:5002;" in found
    assert "server 127.0.0.1:5003;" in found
    assert "ssl" not in "".join(line for line in found.splitlines() if "#" not in line)


def test_a_front_that_changed_beyond_recognition_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="listen 80"):
        local_nginx(NGINX.replace("listen 80;", "listen 81;"), tmp_path, port=1, web=2, live=3)


def test_nginx_accepts_the_front(tmp_path: Path) -> None:
    try:
        nginx = servers.program("nginx")
    except ServerMissing as missing:
        absent(str(missing))
    arguments = write_local_nginx(
        ROOT / "deploy" / "nginx.conf", tmp_path, port=free_port(), web=5002, live=5003
    )
    done = subprocess.run([nginx, "-t", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.live
@pytest.mark.redis
@pytest.mark.postgres
def test_the_full_form_runs_and_stops_as_a_whole() -> None:
    for name in ("redis-server", "postgres"):
        try:
            servers.program(name)
        except ServerMissing as missing:
            absent(str(missing))
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        running = subprocess.Popen(
            [sys.executable, "-m", "deliberation", "full", "--port", str(port)],
            env={**environ, "DELIBERATION_DATA_DIR": folder},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            said = _until(running, "Ctrl-C")
            for page in ("r/lindenkwartier/", "live/lindenkwartier/snapshot", "healthz"):
                with urllib.request.urlopen(
                    f"http://127.0.0.1:{port}/{page}", timeout=30
                ) as answer:
                    assert answer.status == 200, said
            running.send_signal(signal.SIGINT)
            running.communicate(timeout=60)
            assert running.returncode == 0
            assert _processes_of(folder) == []
        finally:
            running.kill()
            running.wait()


def _until(running: "subprocess.Popen[str]", words: str) -> list[str]:
    """What it says, up to these words."""
    said: list[str] = []
    assert running.stdout is not None
    while not said or words not in said[-1]:
        line = running.stdout.readline()
        assert line, said
        said.append(line)
    return said


def _processes_of(folder: str) -> list[str]:
    """Whatever still runs with this folder in its command."""
    commands = [_command(path) for path in Path("/proc").glob("[0-9]*/cmdline")]
    return [command for command in commands if folder in command]


def _command(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
