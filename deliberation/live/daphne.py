"""The one module that knows Daphne's classes: a WebSocket protocol the hub can write to.

Measured: a ready frame written to the transport costs a quarter of a frame sent through ASGI.
Checked against Daphne 4.2 and Twisted 26.
"""

import time
from collections.abc import Callable
from typing import Any, cast

from daphne.server import Server
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import reactor

from deliberation.protocol.codec import FRAME_LIMIT

from .frames import Burst
from .sockets import EXTENSION

CROWD = 1000  # connections above which Daphne's own checks come seldom
CHECK_EVERY = 10.0  # seconds


class HubProtocol(WebSocketProtocol):  # type: ignore[misc]
    """A Daphne WebSocket that takes ready frames, several in one write."""

    heard_at = 0.0

    def write(self, burst: Burst) -> int:
        if self.state != self.STATE_OPEN:
            return 0
        transport, data = self.transport, burst.wire
        if transport.dataBuffer or transport._tempDataBuffer or transport.disconnecting:
            transport.write(data)
            return self.unsent()
        # Nothing is buffered: the kernel usually takes it all, without a turn of the reactor.
        try:
            taken: int = transport.socket.send(data)
        except BlockingIOError:
            taken = 0
        except OSError:
            transport.abortConnection()
            return 0
        if taken < len(data):
            transport.write(data[taken:])
        return len(data) - taken

    def unsent(self) -> int:
        transport = self.transport
        return int(transport._tempDataLen + len(transport.dataBuffer) - transport.offset)

    def heard(self) -> float | None:
        return self.heard_at

    def close(self, code: int) -> None:
        self.serverClose(code=code)

    async def finish(self) -> None:
        """Everything went to the transport at once."""

    def onOpen(self) -> None:
        self.heard_at = time.monotonic()
        self.failByDrop = False  # who breaks the protocol is told which rule
        super().onOpen()

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        self.heard_at = time.monotonic()
        super().onMessage(payload, isBinary)

    def onPong(self, payload: bytes) -> None:
        self.heard_at = time.monotonic()


class HubServer(Server):  # type: ignore[misc]
    """Daphne, offering each WebSocket's protocol to the application as an ASGI extension."""

    def __init__(self, application: Any, endpoints: list[str], ready: Any) -> None:
        WebSocketFactory.protocol = HubProtocol
        self._checked: dict[str, float] = {}
        super().__init__(
            application,
            endpoints=endpoints,
            signal_handlers=False,
            ready_callable=ready,
            # The hub pings and looks at the answers itself, in the same write as its heartbeat.
            ping_interval=86_400 * 365,
            websocket_timeout=-1,
            websocket_max_message_size=FRAME_LIMIT,
            websocket_max_frame_size=FRAME_LIMIT,
            server_name="deliberation",
        )

    def application_checker(self) -> None:
        self._seldom("applications", super().application_checker, self.application_checker)

    def timeout_checker(self) -> None:
        self._seldom("timeouts", super().timeout_checker, self.timeout_checker)

    def _seldom(self, name: str, check: Callable[[], None], again: Callable[[], None]) -> None:
        """Daphne walks over all connections every second; with thousands that is work for many."""
        now = time.monotonic()
        if len(self.connections) < CROWD or now - self._checked.get(name, 0.0) >= CHECK_EVERY:
            self._checked[name] = now
            check()
        else:
            cast("Any", reactor).callLater(1, again)

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if scope["type"] == "websocket":
            scope["extensions"] = {EXTENSION: protocol}
        return super().create_application(protocol, scope)
