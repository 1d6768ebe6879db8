"""One WebSocket: a plain ASGI coroutine around the pure session."""

from typing import TYPE_CHECKING, Any

import msgspec
from django.utils import translation

from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused
from deliberation.protocol.codec import encode
from deliberation.protocol.commands import AnyCommand, AnySignal, Command, MessagePost, Typing
from deliberation.protocol.replies import Ack, Bye, Nack
from rooms.words import sentence

from . import goodbyes
from .frames import Burst
from .metrics import CLOSES, CONNECTIONS, REFUSALS
from .resume import Position, resume
from .room import LiveRoom
from .session import Code, Enough, Session, Unreadable
from .sockets import Socket
from .visitors import Visitor
from .writer import Asked

if TYPE_CHECKING:
    from .live import Live


class Connection:
    """Reads frames, hands commands to the room's writer, writes answers."""

    def __init__(self, live: "Live", room: LiveRoom, socket: Socket, visitor: Visitor) -> None:
        self.live = live
        self.room = room
        self.socket = socket
        self.visitor = visitor
        self.banned = False
        self.session = Session(live.steady(), limited=live.limited)

    async def run(self, receive: Any, position: Position) -> None:
        """From welcome to disconnect; leaves nothing behind."""
        self.room.connections[self.socket] = self
        if self.visitor.display is not None:
            self.room.displays.add(self)
        self.room.lease.here += 1
        CONNECTIONS.inc()
        try:
            await resume(self, position)
            self.live.presence_changed(self.room)
            await self._read(receive)
        except Enough as enough:
            self.bye(enough.code)
        finally:
            self._leave()

    @property
    def open(self) -> bool:
        """False once we said goodbye, or they left."""
        return self.socket in self.room.connections

    @property
    def hears_staff(self) -> bool:
        """True while the staff's stream comes here too."""
        return self.socket in self.room.staff.sockets

    def send(self, *frames: msgspec.Struct) -> None:
        self.socket.write(Burst([encode(frame) for frame in frames]))

    def bye(self, code: Code, *, retry_after: float | None = None) -> None:
        """Say why in words, then close."""
        CLOSES.labels(code=str(int(code))).inc()
        with translation.override(self.visitor.language):
            text = translation.gettext(goodbyes.TEXTS[code])
        self.send(Bye(code=int(code), text=text, retry_after=retry_after))
        self.socket.close(int(code))
        self._leave()

    def _leave(self) -> None:
        if self.room.connections.pop(self.socket, None) is None:
            return
        self.room.displays.discard(self)
        self.room.public.sockets.discard(self.socket)
        self.room.staff.sockets.discard(self.socket)
        self.room.lease.here -= 1
        CONNECTIONS.dec()
        self.live.presence_changed(self.room)

    async def _read(self, receive: Any) -> None:
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            data = message.get("text")
            self._frame(message.get("bytes", b"") if data is None else data)

    def _frame(self, data: str | bytes) -> None:
        frame = self.session.receive(data, self.live.steady())
        if isinstance(frame, Unreadable):
            self._refuse(frame.refused, frame.ref)
        elif isinstance(frame, Command):
            self._command(frame)
        else:
            self._signal(frame)

    def _command(self, command: AnyCommand) -> None:
        try:
            asked = ask(self.live, self.room, self.visitor, command)
        except Refused as refused:
            self._refuse(refused, command.ref)
            return
        self.session.in_flight += 1
        asked.answer.add_done_callback(lambda answer: self._answered(command, answer.result()))

    def _answered(self, command: AnyCommand, answer: Done | Refused) -> None:
        self.session.in_flight -= 1
        if isinstance(answer, Refused):
            self._refuse(answer, command.ref)
        else:
            self.send(Ack(ref=command.ref, seq=answer.seq, id=answer.id))

    def _refuse(self, refused: Refused, ref: Any) -> None:
        self.send(nack(refused, ref, self.visitor.language))

    def _signal(self, signal: AnySignal) -> None:
        person = self.visitor.person
        if isinstance(signal, Typing) and person is not None and not self.banned:
            self.room.lease.type(signal.thread, person)
            self.live.presence_changed(self.room)


def ask(live: "Live", room: LiveRoom, visitor: Visitor, command: AnyCommand) -> Asked:
    """Queue a command; its answer comes when it is durable. Raises Refused at once for who may
    not write at all, who goes too fast, and a room that can't keep up."""
    if live.draining or room.writer.full:
        raise goodbyes.busy()
    if visitor.person is None:
        raise goodbyes.signed_out()
    live.gate.admit(command, visitor.person, visitor.address, live.steady())
    if isinstance(command, MessagePost) and room.lease.stop(command.thread, visitor.person):
        live.presence_changed(room)
    asked = Asked(visitor.person, command)
    room.writer.submit(asked)
    return asked


def nack(refused: Refused, ref: Any, language: str) -> Nack:
    """A refusal in the reader's language."""
    REFUSALS.labels(code=refused.code).inc()
    with translation.override(language):
        text = sentence(refused)
    return Nack(ref=ref, code=refused.code, text=text, retry_after=refused.retry_after)
