"""One resident's socket: asks, waits for the answer, and comes back when the line breaks."""

import asyncio
import random
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from deliberation.protocol import codec
from deliberation.protocol.commands import AnyCommand
from deliberation.protocol.replies import Ack, Bye, Nack

ANSWER_WITHIN = 15.0  # seconds; then the line counts as broken
PATIENCE = 120.0  # seconds that a server may be away
FINAL = 4500  # close codes from here on mean: don't come back
_SLOWEST = 5.0
_ANSWERS = (b'{"type":"ack"', b'{"type":"nack"', b'{"type":"bye"')


class Unreachable(Exception):
    """The server stays away."""


class Closed(Exception):
    """The server doesn't want this resident back; the message says why."""


@dataclass
class Counts:
    connected: int = 0
    again: int = 0  # commands sent again with the same ref


@dataclass
class Line:
    """`site` is like http://127.0.0.1:8000; `cookie` signs the resident in."""

    site: str
    room: str
    cookie: str
    counts: Counts
    asking: bool = False
    _socket: ClientConnection | None = field(default=None)
    _bye: Bye | None = field(default=None)

    @property
    def is_open(self) -> bool:
        return self._socket is not None

    async def ask(self, command: AnyCommand) -> Ack | Nack:
        """The server's answer, over as many connections as it takes.

        Raises Unreachable or Closed.
        """
        self.asking = True
        frame = codec.encode(command)
        away = time.monotonic()
        pause = 0.1
        try:
            while True:
                try:
                    socket = self._socket or await self._connected()
                    await socket.send(frame, text=True)
                    return await asyncio.wait_for(self._answer(socket, command), ANSWER_WITHIN)
                except (OSError, ConnectionClosed, InvalidHandshake, InvalidMessage) as error:
                    await self.close()
                    self._give_up(error, away)
                self.counts.again += 1
                await asyncio.sleep(pause * random.uniform(0.5, 1.5))
                pause = min(_SLOWEST, pause * 2)
        finally:
            self.asking = False

    async def close(self) -> None:
        socket, self._socket = self._socket, None
        if socket is not None:
            await socket.close()

    async def _connected(self) -> ClientConnection:
        site = urlsplit(self.site)
        scheme = "wss" if site.scheme == "https" else "ws"
        self._bye = None
        self._socket = await connect(
            f"{scheme}://{site.netloc}/live/{self.room}",
            origin=f"{site.scheme}://{site.netloc}",  # type: ignore[arg-type]
            additional_headers={"Cookie": self.cookie},
            compression=None,
            proxy=None,
            max_queue=None,
        )
        self.counts.connected += 1
        return self._socket

    async def _answer(self, socket: ClientConnection, command: AnyCommand) -> Ack | Nack:
        async for frame in socket.__aiter__():
            data = frame if isinstance(frame, bytes) else frame.encode()
            # Everything that others do passes here as well; only answers are of interest.
            if not data.startswith(_ANSWERS):
                continue
            match _decoded(data):
                case (Ack(ref=ref) | Nack(ref=ref)) as answer if ref == command.ref:
                    return answer
                case Bye() as bye:
                    self._bye = bye
        raise ConnectionResetError("closed")

    def _give_up(self, error: Exception, away: float) -> None:
        closed = error.rcvd.code if isinstance(error, ConnectionClosed) and error.rcvd else 0
        if self._bye is not None and self._bye.code >= FINAL:
            raise Closed(self._bye.text) from error
        if closed >= FINAL:
            raise Closed(f"The server closed the connection ({closed}).") from error
        if time.monotonic() - away > PATIENCE:
            raise Unreachable(type(error).__name__) from error


def _decoded(data: bytes) -> object:
    try:
        return codec.decode_server(data)
    except msgspec.DecodeError:
        return None
