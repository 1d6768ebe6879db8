"""Is everyone who is connected still who they were? One look every few seconds."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import structlog
from django.contrib.sessions.models import Session

from deliberation.people.actors import Standing, standings

from .session import Code

if TYPE_CHECKING:
    from .connection import Connection
    from .live import Live

EVERY = 5.0  # seconds
CHUNK = 2000  # keys in one query

_Key = TypeVar("_Key")
_log = structlog.get_logger(__name__)


async def watch(live: "Live") -> None:
    """Check everyone, for as long as the process lives."""
    while True:
        await asyncio.sleep(EVERY)
        try:
            await check(live)
        except Exception as error:
            _log.warning("guard.failed", kind=type(error).__name__)


async def check(live: "Live") -> None:
    """Close the sockets of who was banned since, and of who is signed out."""
    signed_in = [c for c in live.connections() if c.visitor.person is not None]
    if not signed_in:
        return
    people = {c.visitor.person for c in signed_in}
    keys = {c.visitor.session for c in signed_in}
    standing, alive = await live.database.read(_standing, people, keys, live.clock())
    for connection in signed_in:
        _judge(connection, standing.get(connection.visitor.person or 0), alive)


def _judge(connection: "Connection", standing: Standing | None, alive: set[str]) -> None:
    visitor = connection.visitor
    if standing is None or standing.era != visitor.era or visitor.session not in alive:
        connection.bye(Code.SIGNED_OUT, retry_after=0.5)
    elif standing.is_banned_from(connection.room.slug) and not connection.banned:
        connection.bye(Code.BANNED)
    elif not standing.is_staff:
        connection.room.staff.sockets.discard(connection.socket)


def _standing(
    people: set[int], keys: set[str], at: datetime
) -> tuple[dict[int, Standing], set[str]]:
    standing: dict[int, Standing] = {}
    alive: set[str] = set()
    for chunk in _chunks(sorted(people)):
        standing |= standings(chunk, at=at)
    for part in _chunks(sorted(keys)):
        rows = Session.objects.filter(session_key__in=part, expire_date__gt=at)
        alive |= set(rows.values_list("session_key", flat=True))
    return standing, alive


def _chunks(items: list[_Key]) -> list[list[_Key]]:
    return [items[start : start + CHUNK] for start in range(0, len(items), CHUNK)]
