"""One server process: Daphne around the application, with a drain before it stops."""

import asyncio
import signal
import sys
from typing import Any

import structlog

# Daphne installs its reactor on import, so it comes before anything that uses Twisted.
from deliberation.live.daphne import HubServer  # isort: skip
from twisted.internet import reactor

from .asgi import application, live, live_only, pages_only
from .beside import start_beside
from .housekeeping import start_releasing

_log = structlog.get_logger(__name__)
PATIENCE = 5.0  # seconds for requests under way when the process is told to stop
APPLICATIONS = {None: application, "web": pages_only, "live": live_only}


def run_server(endpoint: str, *, only: str | None, alone: bool) -> None:
    """Serve until SIGTERM or SIGINT. `endpoint` is Twisted's description of a socket.

    `alone`: no worker was started elsewhere, so this process starts one beside itself.
    """
    # A commit and a flush share one processor: hand it over often, so that neither waits long.
    sys.setswitchinterval(0.001)
    server: HubServer = HubServer(APPLICATIONS[only], [endpoint], ready=lambda: _on_start(server))
    start_releasing()
    if alone:
        start_beside()
    server.run()


def _on_start(server: HubServer) -> None:
    loop = asyncio.get_event_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, lambda: loop.create_task(_stop(server)))
    _log.info("serving")


async def _stop(server: HubServer) -> None:
    """Take no new work, say goodbye, finish what was begun."""
    if live.draining:
        return
    _log.info("draining")
    for listener in server.listeners:
        listener.addCallback(lambda port: port.stopListening())
    await live.drain()
    for _ in range(int(PATIENCE / 0.1)):
        if not _busy(server):
            break
        await asyncio.sleep(0.1)
    _log.info("stopped")
    stopping: Any = reactor
    stopping.stop()


def _busy(server: HubServer) -> bool:
    tasks = [details.get("application_instance") for details in server.connections.values()]
    return any(task is not None and not task.done() for task in tasks)
