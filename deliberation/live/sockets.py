"""What the hub writes to: the fast path on Daphne, plain ASGI on any other server."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from .frames import Burst

Send = Callable[[dict[str, Any]], Awaitable[None]]
UNSENT_LIMIT = 1024 * 1024  # bytes a slow reader may lag behind before it loses its socket
EXTENSION = "deliberation.socket"


class Socket(Protocol):
    """One reader's end. All methods are called on the event loop and never block."""

    def write(self, burst: Burst) -> int:
        """Hand the frames over. Returns what `unsent` would."""
        ...

    def unsent(self) -> int:
        """Bytes handed over and not yet taken by the network."""
        ...

    def heard(self) -> float | None:
        """When the other side last gave a sign of life (monotonic seconds), where known."""
        ...

    def close(self, code: int) -> None: ...

    async def finish(self) -> None:
        """Wait until what was written is handed over; call it before the conversation ends."""
        ...


class AsgiSocket:
    """Sends through ASGI, one frame at a time, from a task of its own."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: list[bytes] = []
        self._unsent = 0
        self._code: int | None = None
        self._pump: asyncio.Task[None] | None = None

    def write(self, burst: Burst) -> int:
        self._waiting += burst.payloads
        self._unsent += sum(map(len, burst.payloads))
        self._start()
        return self._unsent

    def unsent(self) -> int:
        return self._unsent

    def heard(self) -> float | None:
        return None

    def close(self, code: int) -> None:
        self._code = code
        if self._unsent > UNSENT_LIMIT and self._pump:
            self._pump.cancel()
            self._pump = None
            self._waiting.clear()
        self._start()

    async def finish(self) -> None:
        if self._pump is not None:
            await asyncio.wait([self._pump])

    def _start(self) -> None:
        if self._pump is None or self._pump.done():
            self._pump = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        try:
            while self._waiting:
                payload = self._waiting.pop(0)
                await self._send({"type": "websocket.send", "text": payload.decode()})
                self._unsent -= len(payload)
            if self._code is not None:
                await self._send({"type": "websocket.close", "code": self._code})
        except (OSError, RuntimeError):
            self._waiting.clear()


def socket_of(scope: dict[str, Any], send: Send) -> Socket:
    """The fastest socket this server offers."""
    offered: Socket | None = scope.get("extensions", {}).get(EXTENSION)
    return offered or AsgiSocket(send)
