"""Database work for sockets: on threads of its own, so that a slow page freezes nobody."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import close_old_connections

_Result = TypeVar("_Result")


class Database:
    """Reads and writes have threads apart: a long replay never delays a commit."""

    def __init__(self, *, readers: int, writers: int = 2) -> None:
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="live-read")
        self._writers = ThreadPoolExecutor(writers, thread_name_prefix="live-write")

    async def read(self, work: Callable[..., _Result], *args: object) -> _Result:
        return await self._run(self._readers, work, *args)

    async def write(self, work: Callable[..., _Result], *args: object) -> _Result:
        return await self._run(self._writers, work, *args)

    async def _run(
        self, pool: ThreadPoolExecutor, work: Callable[..., _Result], *args: object
    ) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(pool, _connected, work, args)


def _connected(work: Callable[..., _Result], args: tuple[object, ...]) -> _Result:
    """Run with a usable connection, and give a broken or pooled one back."""
    try:
        return work(*args)
    finally:
        close_old_connections()
