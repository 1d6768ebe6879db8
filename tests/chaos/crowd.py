"""Residents who never give up: they reconnect, resume where they were, and send again what was
not acknowledged, with the same `ref`."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from deliberation.protocol.codec import decode_server
from deliberation.protocol.fold import apply
from deliberation.protocol.replies import TallyNow
from deliberation.protocol.shapes import Snapshot

from .checker import UNLOGGED, Acked, Event, History, Note, Saw, Sent, subject

AGAIN = 0.1  # seconds before a client tries once more
IN_FLIGHT = 6  # commands one writer has under way
BROKEN = (OSError, TimeoutError, WebSocketException)


@dataclass
class Member:
    """One client. `snapshot` is what its screen shows; `outbox` waits for acknowledgement."""

    address: str
    cookie: str
    history: History
    snapshot: Snapshot
    rng: random.Random
    thread: int
    changed: Callable[[], None]
    outbox: dict[str, str] = field(default_factory=dict)
    mine: list[int] = field(default_factory=list)
    budget: int = 0
    acked: int = 0
    since: int = 0
    awake: asyncio.Event = field(default_factory=asyncio.Event)
    _socket: ClientConnection | None = None
    _number: int = 0
    _sending: set["asyncio.Future[None]"] = field(default_factory=set)

    @property
    def head(self) -> int:
        return self.snapshot.head

    @property
    def at_rest(self) -> bool:
        return not self.outbox and not self.budget

    async def live(self) -> None:
        """Connect again and again, until cancelled."""
        while True:
            await self.awake.wait()
            try:
                await self._session()
            except BROKEN as error:
                self._note(f"lost: {type(error).__name__}")
            self._socket = None
            await asyncio.sleep(AGAIN)

    def doze(self) -> None:
        """A laptop closes: gone without a word, until `wakes`."""
        self.awake.clear()
        if self._socket is not None:
            self._socket.transport.abort()

    def wakes(self) -> None:
        self.awake.set()

    def encourage(self, messages: int) -> None:
        """Let it send so many more commands."""
        self.budget += messages
        self._send_more()

    async def _session(self) -> None:
        query = f"after={self.head}&epoch={self.snapshot.epoch}&since={self.since}"
        headers = {"Cookie": self.cookie} if self.cookie else {}
        async with connect(
            f"{self.address}?{query}",
            additional_headers=headers,
            compression=None,
            proxy=None,
            open_timeout=10,
            close_timeout=0.2,
            ping_interval=2,
            ping_timeout=20,
        ) as socket:
            async for data in socket:
                self._hear(str(data), socket)
            self._note(f"closed: {socket.close_code}")

    def _hear(self, data: str, socket: ClientConnection) -> None:
        frame = json.loads(data)
        match frame["type"]:
            case "welcome":
                self._welcomed(frame, socket)
            case "ack":
                self._acked(frame)
            case "nack":
                self._note(f"nack: {frame['code']} {frame.get('ref')}")
                asyncio.get_running_loop().call_later(AGAIN, self._resend, frame.get("ref"))
            case "tally":
                tally = decode_server(data)
                assert isinstance(tally, TallyNow)
                self.snapshot = apply(self.snapshot, tally)
            case kind if kind not in UNLOGGED:
                self._event(frame, data)
        self.changed()

    def _welcomed(self, frame: Event, socket: ClientConnection) -> None:
        self._note(f"welcome: {frame['resume']} after {self.head}, head {frame['head']}")
        self.since = int(_moment(frame["at"]))
        self._socket = socket
        for ref in list(self.outbox):
            self._resend(ref)
        self._send_more()

    def _event(self, frame: Event, data: str) -> None:
        self.history.entries.append(Saw(frame["seq"], frame["type"], subject(frame)))
        if frame["seq"] == self.head + 1:
            self.snapshot = apply(self.snapshot, decode_server(data))  # type: ignore[arg-type]

    def _acked(self, frame: Event) -> None:
        self.acked += 1
        command = self.outbox.pop(frame["ref"], None)
        if command is not None and json.loads(command)["type"] == "stance.take":
            self.history.entries.append(Note(f"stance {frame['ref']} taken"))
        else:
            self.history.entries.append(Acked(frame["ref"], frame["seq"], frame["id"]))
        if command is not None and json.loads(command)["type"] == "message.post":
            self.mine.append(frame["id"])
        self._send_more()

    def _send_more(self) -> None:
        while self.budget and self._socket is not None and len(self.outbox) < IN_FLIGHT:
            self.budget -= 1
            command = self._command()
            ref = command["ref"]
            self.outbox[ref] = json.dumps(command)
            if command["type"] != "stance.take":
                posts = command["type"] == "message.post"
                self.history.entries.append(Sent(ref, command["body"] if posts else None))
            self._resend(ref)

    def _command(self) -> dict[str, Any]:
        """Mostly new messages; now and then an edit, a stance, or words taken back."""
        self._number += 1
        ref = {"ref": str(UUID(int=self.rng.getrandbits(128), version=4))}
        chance = self.rng.random()
        if chance < 0.8 or not self.mine:
            body = f"{self.history.name} {self._number}"
            return {"type": "message.post", "thread": self.thread, "body": body, **ref}
        if chance < 0.9:
            target = self.rng.choice(self.mine)
            value = self.rng.choice(["agree", "disagree", "unsure"])
            return {"type": "stance.take", "message": target, "value": value, **ref}
        if chance < 0.95:
            target = self.rng.choice(self.mine)
            body = f"{self.history.name} {self._number} beter"
            return {"type": "message.edit", "message": target, "body": body, **ref}
        target = self.mine.pop(self.rng.randrange(len(self.mine)))
        return {"type": "message.retract", "message": target, **ref}

    def _resend(self, ref: str | None) -> None:
        if self._socket is not None and ref in self.outbox:
            sending = asyncio.ensure_future(_quietly(self._socket, self.outbox[ref]))
            self._sending.add(sending)
            sending.add_done_callback(self._sending.discard)

    def _note(self, text: str) -> None:
        self.history.entries.append(Note(text))


async def _quietly(socket: ClientConnection, data: str) -> None:
    try:
        await socket.send(data)
    except BROKEN:
        return  # it waits in the outbox


@asynccontextmanager
async def living(members: list[Member]) -> AsyncIterator[None]:
    """All of them online, as far as the storm lets them."""
    tasks = [asyncio.create_task(member.live()) for member in members]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def opened(data: bytes) -> Snapshot:
    """The snapshot in an answer of `/live/<room>/snapshot`."""
    return msgspec.convert(json.loads(data)["snapshot"], Snapshot)
