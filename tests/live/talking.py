"""A client that speaks the protocol over a real WebSocket, and remembers all it heard."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar
from uuid import UUID, uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PATIENCE = 40.0  # seconds; only a test that is about to fail waits this long
UNLOGGED = {"welcome", "ack", "nack", "presence", "typing", "tally", "heartbeat", "bye"}

Frame = dict[str, Any]
_Found = TypeVar("_Found")


class Client:
    """One end of a WebSocket. `frames` is everything heard, in order."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.frames: list[Frame] = []
        self.text = ""
        self.closed: int | None = None
        self._news = asyncio.Event()

    @property
    def events(self) -> list[Frame]:
        """What stands in the public log, as it came."""
        return [f for f in self.frames if f["type"] not in UNLOGGED and "stream" not in f]

    @property
    def seqs(self) -> list[int]:
        return [event["seq"] for event in self.events]

    @property
    def bodies(self) -> list[str | None]:
        """The words of the messages that were posted, in the order they came."""
        posted = [e for e in self.events if e["type"] == "message.posted"]
        return [event["message"].get("body") for event in posted]

    def of(self, kind: str) -> list[Frame]:
        return [frame for frame in self.frames if frame["type"] == kind]

    async def listen(self) -> None:
        """Take in frames until the socket closes."""
        try:
            async for data in self.socket:
                assert isinstance(data, str)
                self.text += data
                self.frames.append(json.loads(data))
                self._tell()
        except ConnectionClosed:
            pass
        self.closed = self.socket.close_code or 1006
        self._tell()

    async def until(self, look: Callable[[], _Found]) -> _Found:
        """Wait until `look` finds something."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while not (found := look()):
                    await self._news.wait()
                return found
        raise AssertionError(f"waited in vain; closed: {self.closed}; heard: {self.frames[-20:]}")

    async def first(self, kind: str, **fields: object) -> Frame:
        """The first frame of this kind with these fields, heard before or to come."""

        def look() -> Frame | None:
            return next((f for f in self.of(kind) if fields.items() <= f.items()), None)

        found = await self.until(look)
        assert found is not None
        return found

    async def goodbye(self) -> int:
        """The code it is closed with, sooner or later."""
        return await self.until(lambda: self.closed) or 0

    async def tell(self, kind: str, **fields: object) -> None:
        await self.socket.send(json.dumps({"type": kind, **fields}))

    async def ask(self, kind: str, ref: UUID | None = None, **fields: object) -> Frame:
        """Send a command; the `ack` or `nack` to it."""
        name = str(ref or uuid4())
        before = len(self.frames)
        await self.tell(kind, ref=name, **fields)
        return await self.until(lambda: self._answer(name, before)) or {}

    def _answer(self, ref: str, before: int) -> Frame | None:
        answers = [f for f in self.frames[before:] if f["type"] in ("ack", "nack")]
        return next((f for f in answers if f.get("ref") == ref), None)

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


@asynccontextmanager
async def talking(
    address: str, cookie: str = "", *, origin: str | None = None, language: str = "en"
) -> AsyncIterator[Client]:
    """A client whose handshake succeeded, listening."""
    headers = {"Accept-Language": language} | ({"Cookie": cookie} if cookie else {})
    async with connect(
        address,
        additional_headers=headers,
        origin=origin,  # type: ignore[arg-type]
        compression=None,
        proxy=None,
        open_timeout=PATIENCE,
        ping_interval=None,
        close_timeout=2,
    ) as socket:
        client = Client(socket)
        listening = asyncio.create_task(client.listen())
        try:
            yield client
        finally:
            await socket.close()
            await listening
