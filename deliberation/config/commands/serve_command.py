"""`deliberation serve`: one process, or several behind one address."""

import argparse
import socket
import sys

from django.conf import settings

from deliberation.config import supervisor
from deliberation.config.server import run_server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    parser.add_argument(
        "--workers", type=int, default=1, help="processes; more than 1 needs PostgreSQL and Redis"
    )
    parser.add_argument("--only", choices=("web", "live"), help="only pages, or only live rooms")
    parser.add_argument("--fd", type=int, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    if arguments.fd is not None:
        run_server(f"fd:fileno={arguments.fd}", only=arguments.only, alone=False)
        return 0
    if (problem := _problem(arguments)) is not None:
        print(problem, file=sys.stderr)
        return 2
    listener = _listener(arguments.host, arguments.port)
    if arguments.workers > 1:
        return supervisor.supervise(listener, arguments.workers, arguments.only)
    endpoint = f"fd:fileno={listener.detach()}"
    run_server(endpoint, only=arguments.only, alone=arguments.only is None)
    return 0


def _problem(arguments: argparse.Namespace) -> str | None:
    alone = "sqlite" in settings.DATABASES["default"]["ENGINE"] or not settings.REDIS_URL
    if alone and (arguments.workers > 1 or arguments.only):
        return (
            "More than one process needs PostgreSQL and Redis: set DELIBERATION_DATABASE_URL and "
            "DELIBERATION_REDIS_URL, or leave out --workers and --only."
        )
    return None


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        sys.exit(f"Port {port} on {host} can't be used ({error.strerror}). Choose another --port.")
    listener.listen(1024)
    listener.setblocking(False)
    return listener
