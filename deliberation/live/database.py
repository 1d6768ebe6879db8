"""Database work for sockets: on threads of its own, so that a slow page freezes nobody."""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import close_old_connections, connections

_Result = TypeVar("_Result")
IDLE = 2.0  # seconds without use after which a connection may have died unnoticed
_last = threading.local()


class Database:
    """Reads and writes have threads apart: a long replay never delays a commit."""

    def __init__(self, *, readers: int, writers: int = 2) -> None:
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="live-read")
        self._writers = ThreadPoolExecutor(writers, thread_name_prefix="live-write")

    async def write(self, work: Callable[..., _Result], *args: object) -> _Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writers, _staying_connected, work, args)

    async def read(self, work: Callable[..., _Result], *args: object) -> _Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, _connected, work, args)


def _connected(work: Callable[..., _Result], args: tuple[object, ...]) -> _Result:
    """Run with a usable connection, and give a broken or pooled one back."""
    try:
        return work(*args)
    finally:
        close_old_connections()


def _staying_connected(work: Callable[..., _Result], args: tuple[object, ...]) -> _Result:
    """The same for a thread that may be busy: borrowing from the pool costs two round trips.

    A connection that failed goes back at once, and one that lay idle is checked before use.
    """
    if time.monotonic() - getattr(_last, "used", -IDLE) >= IDLE:
        close_old_connections()
    try:
        return work(*args)
    finally:
        _last.used = time.monotonic()
        if any(each.errors_occurred for each in connections.all(initialized_only=True)):
            close_old_connections()
