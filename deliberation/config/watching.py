"""What machines look at: /healthz, which opens a real WebSocket, and /metrics."""

import json
import os
import secrets
from typing import Any

import structlog
from django.conf import settings
from django.db import connection
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    generate_latest,
    multiprocess,
)
from websockets.asyncio.client import connect

from deliberation.agenda.selectors.lag import lag
from deliberation.kernel.clock import now
from deliberation.live.application import HEALTH
from deliberation.live.http import Application
from deliberation.live.live import Live
from deliberation.live.metrics import AGENDA_LAG
from deliberation.live.visitors import headers_of

TIMEOUT = 5.0  # seconds

_log = structlog.get_logger(__name__)


def watched(live: Live, application: Application) -> Application:
    """The application, with the two addresses in front of it."""

    async def watching(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"] == "/healthz":
            live.start()
            await _health(live, scope, send)
        elif scope["type"] == "http" and scope["path"] == "/metrics":
            await _metrics(live, scope, send)
        else:
            await application(scope, receive, send)

    return watching


async def _health(live: Live, scope: dict[str, Any], send: Any) -> None:
    found = {
        "websocket": await _websocket(scope),
        "database": await _database(live),
        "doorbell": "polling" if live.bells.deaf else "ok",
    }
    well = found["websocket"] == "ok" and found["database"] == "ok"
    body = json.dumps({"status": "ok" if well else "failing"} | found).encode()
    await _respond(send, 200 if well else 503, b"application/json", body)


async def _websocket(scope: dict[str, Any]) -> str:
    """Open a WebSocket to ourselves and hear the server over it."""
    host, port = scope["server"]
    host = f"[{host}]" if ":" in host else host
    try:
        address = f"ws://{host}:{port}/live/{HEALTH}"
        async with connect(address, open_timeout=TIMEOUT) as socket:
            await socket.recv()
    except Exception as error:
        return type(error).__name__
    return "ok"


async def _database(live: Live) -> str:
    try:
        await live.database.read(_ask_database)
    except Exception as error:
        return type(error).__name__
    return "ok"


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


async def _metrics(live: Live, scope: dict[str, Any], send: Any) -> None:
    """Only for who knows the token; without a token in the settings there is no such page."""
    given = headers_of(scope).get("authorization", "").removeprefix("Bearer ")
    expected = settings.METRICS_TOKEN
    if not expected or not secrets.compare_digest(given.encode(), expected.encode()):
        await _respond(send, 404, b"text/plain", b"Not found")
        return
    await _measure(live)
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    await _respond(send, 200, CONTENT_TYPE_LATEST.encode(), generate_latest(registry))


async def _measure(live: Live) -> None:
    """What is measured when it is asked for: the follower may be another process."""
    try:
        AGENDA_LAG.set(await live.database.read(_agenda_lag))
    except Exception as error:
        _log.warning("metrics.failed", kind=type(error).__name__)


def _agenda_lag() -> float:
    return lag(at=now())


async def _respond(send: Any, status: int, kind: bytes, body: bytes) -> None:
    headers = [(b"content-type", kind), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
