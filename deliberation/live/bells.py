"""Doorbells between processes over the channel layer, and knowing when they are not heard.

Only room numbers, event numbers and counts cross the layer, never words or names. One channel
per process; a canary that this process sends to itself shows whether bells arrive.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import structlog
from channels.layers import get_channel_layer

from .metrics import POLLING

GROUP = "deliberation"
CANARY_EVERY = 5.0  # seconds
POLL_DEAF = 1.0  # seconds between looks at the database while bells are not heard
PAUSE = 0.05  # seconds between rings: one ring tells of all that was written meanwhile
POLL_HEARD = 5.0  # and while they are: a command-line import rings no bell here

_log = structlog.get_logger(__name__)
Bell = dict[str, Any]
Heard = Callable[[Bell], None]


class Bells:
    """`heard` gets every bell of another process; `poll` looks at the database."""

    def __init__(self, heard: Heard, poll: Callable[[], Awaitable[None]]) -> None:
        self.process = uuid4().hex
        self.deaf = False
        self._heard = heard
        self._poll = poll
        self._layer: Any = get_channel_layer()
        self._waiting: dict[object, Bell] = {}
        self._wake = asyncio.Event()
        self._canary_back = True
        self._channel = ""

    def ring(self, key: object, bell: Bell) -> None:
        """Send soon; a later bell with the same key replaces one that still waits."""
        self._waiting[key] = bell | {"type": "bell", "process": self.process}
        self._wake.set()

    def run(self) -> list["asyncio.Task[None]"]:
        """Start listening, sending, checking and polling."""
        return [
            asyncio.create_task(work())
            for work in (self._listen, self._send, self._check, self._poll_heads)
        ]

    async def _listen(self) -> None:
        while True:
            try:
                self._channel = await self._layer.new_channel()
                await self._layer.group_add(GROUP, self._channel)
                while True:
                    self._hear(await self._layer.receive(self._channel))
            except Exception as error:
                self._deafened(error)
                await asyncio.sleep(1)

    def _hear(self, bell: Bell) -> None:
        if bell["process"] != self.process:
            self._heard(bell)
        elif bell["kind"] == "canary":
            self._canary_back = True

    async def _send(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            waiting, self._waiting = self._waiting, {}
            for bell in waiting.values():
                try:
                    await asyncio.wait_for(self._layer.group_send(GROUP, bell), timeout=2)
                except Exception as error:
                    self._deafened(error)
            await asyncio.sleep(PAUSE)

    async def _check(self) -> None:
        while True:
            self._canary_back = False
            self.ring("canary", {"kind": "canary"})
            await asyncio.sleep(CANARY_EVERY)
            if not self._canary_back:
                self._deafened(None)
                await self._join_again()
                continue
            if self.deaf:
                _log.info("doorbell.heard_again")
            self.deaf = False
            POLLING.set(0)

    async def _join_again(self) -> None:
        """A layer forgets its members when it starts again, and after a day anyhow."""
        try:
            await asyncio.wait_for(self._layer.group_add(GROUP, self._channel), timeout=2)
        except Exception as error:
            self._deafened(error)

    async def _poll_heads(self) -> None:
        while True:
            await asyncio.sleep(POLL_DEAF if self.deaf else POLL_HEARD)
            try:
                await self._poll()
            except Exception as error:
                _log.warning("poll.failed", kind=type(error).__name__)

    def _deafened(self, error: Exception | None) -> None:
        if not self.deaf:
            _log.warning("doorbell.not_heard", kind=type(error).__name__ if error else "canary")
        self.deaf = True
        POLLING.set(1)
