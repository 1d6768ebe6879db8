"""`deliberation full`: the full form on this machine's own PostgreSQL, Redis and nginx."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings

from deliberation.config.environment import ROOT
from deliberation.config.front import write_local_nginx
from deliberation.config.processes import Process, ProcessFailed, free_port
from deliberation.config.servers import ServerMissing, postgres_server, program, redis_server

from . import demo_command

LIVE_WORKERS = 2
STOPS_WITHIN = 15.0  # seconds; whatever is killed after that loses nothing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="port to serve on (%(default)s)")
    parser.add_argument("--polis", type=Path, metavar="DIR", help="also load this Polis folder")


def run(arguments: argparse.Namespace) -> int:
    if settings.PRODUCTION:
        print("This is to try things out; in production run the Procfile.", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with ExitStack() as stack:
            return _run(arguments, stack)
    except (ServerMissing, ProcessFailed, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0
    finally:
        print("Stopped.")


def _run(arguments: argparse.Namespace, stack: ExitStack) -> int:
    _require_free(arguments.port)
    # Whatever is pressed while stopping, everything is stopped.
    stack.callback(signal.signal, signal.SIGINT, signal.default_int_handler)
    folder = settings.DATA_DIR / "full"
    redis = stack.enter_context(redis_server(folder / "redis"))
    postgres = stack.enter_context(postgres_server(folder / "postgresql"))
    environment = _environment(folder, redis=redis, postgres=postgres)
    if code := _prepare(arguments.polis, environment):
        return code
    fleet = _fleet(arguments.port, folder, environment)
    for process in fleet.values():
        stack.callback(process.stop, STOPS_WITHIN)
        process.start()
    stack.callback(_ask_all, fleet)
    stack.callback(signal.signal, signal.SIGINT, signal.SIG_IGN)
    rooms = ["lindenkwartier"]
    if arguments.polis is not None:
        rooms.insert(0, demo_command.polis_slug(arguments.polis))
    print(demo_command.addresses(f"http://127.0.0.1:{arguments.port}", rooms))
    print(f"Running: {', '.join(['redis', 'postgresql', *fleet])}. Logs: {folder / 'logs'}")
    print("Ctrl-C stops everything.", flush=True)
    return _watch(fleet)


def _ask_all(fleet: Mapping[str, Process]) -> None:
    """At once: on a busy machine one after the other takes a minute."""
    for process in fleet.values():
        process.ask()


def _watch(fleet: Mapping[str, Process]) -> int:
    while True:
        time.sleep(0.5)
        for name, process in fleet.items():
            if not process.alive:
                print(f"{name} stopped by itself. {process.last_words()}", file=sys.stderr)
                return 1


def _prepare(polis: Path | None, environment: Mapping[str, str]) -> int:
    """Bring the new database up to date and load the demonstration."""
    command = [sys.executable, "-m", "deliberation", "demo"]
    command += ["--polis", str(polis)] if polis else []
    return subprocess.run(command, env=environment, check=False).returncode


def _environment(folder: Path, *, redis: str, postgres: str) -> dict[str, str]:
    """For every process: this database, this Redis, and the programs beside this Python."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return os.environ | {
        "PATH": path,
        "DELIBERATION_DATABASE_URL": postgres,
        "DELIBERATION_REDIS_URL": redis,
        "DELIBERATION_DATA_DIR": str(folder),
        "DELIBERATION_DEMO": "1",
    }


def _fleet(port: int, folder: Path, environment: Mapping[str, str]) -> dict[str, Process]:
    """Web, live and worker of the Procfile behind nginx; without nginx, one server for both."""
    logs = folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    procfile = _procfile()
    worker = _shell(procfile["worker"], logs / "worker.log", environment, port=None)
    try:
        nginx = program("nginx")
    except ServerMissing as missing:
        print(f"{missing}\nUntil then pages and live rooms come from the same processes.")
        both = f"deliberation serve --port {port} --workers {LIVE_WORKERS}"
        return {"serve": _shell(both, logs / "serve.log", environment, port), "worker": worker}
    web, live = free_port(), free_port()
    environment = {**environment, "DELIBERATION_TRUSTED_PROXIES": "1", "PORT": str(web)}
    environment |= {"LIVE_PORT": str(live), "LIVE_WORKERS": str(LIVE_WORKERS)}
    source = ROOT / "deploy" / "nginx.conf"
    arguments = write_local_nginx(source, folder / "nginx", port=port, web=web, live=live)
    return {
        "web": _shell(procfile["web"], logs / "web.log", environment, web),
        "live": _shell(procfile["live"], logs / "live.log", environment, live),
        "worker": worker,
        "nginx": Process([str(nginx), *arguments], log=logs / "nginx.log", ready=_takes(port)),
    }


def _shell(command: str, log: Path, environment: Mapping[str, str], port: int | None) -> Process:
    ready = _takes(port) if port else lambda: True
    return Process(
        ["/bin/sh", "-c", f"exec {command}"], log=log, ready=ready, environment=environment
    )


def _procfile() -> dict[str, str]:
    lines = (ROOT / "Procfile").read_text("utf-8").splitlines()
    parts = (line.partition(":") for line in lines if ":" in line)
    return {name.strip(): command.strip() for name, _, command in parts}


def _require_free(port: int) -> None:
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind(("127.0.0.1", port))
        except OSError as error:
            raise ProcessFailed(
                f"Port {port} can't be used ({error.strerror}). Choose another --port."
            ) from error


def _takes(port: int) -> Callable[[], bool]:
    """Whether somebody takes connections there."""

    def takes() -> bool:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return False
        return True

    return takes
