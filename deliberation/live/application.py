"""ASGI: a WebSocket per reader, and the HTTP forms of the same, under /live/<room>."""

import re
from typing import TYPE_CHECKING

import structlog
from channels.routing import ProtocolTypeRouter

from deliberation.kernel.refusals import Refused
from deliberation.protocol.codec import encode
from deliberation.protocol.replies import Bye, Heartbeat

from . import goodbyes, http
from .connection import Connection, nack
from .execute import OUT_OF_REACH
from .frames import Burst
from .resume import Position
from .session import Code
from .sockets import Socket, socket_of
from .visitors import Scope, Visitor, headers_of, language_of, same_origin, visitor_of

if TYPE_CHECKING:
    from .live import Live

_log = structlog.get_logger(__name__)
_SOCKET = re.compile(r"^/live/([-\w]+)/?$")
_HTTP = re.compile(r"^/live/([-\w]+)/(\w+)$")
HEALTH = "-health"  # no room can have this address


def application(live: "Live", pages: http.Application) -> ProtocolTypeRouter:
    """Everything under /live/ here, every other page to `pages`."""

    async def websocket(scope: Scope, receive: http.Receive, send: http.Send) -> None:
        live.start()
        await _websocket(live, scope, receive, send)

    async def page(scope: Scope, receive: http.Receive, send: http.Send) -> None:
        live.start()
        match = _HTTP.match(scope["path"])
        if match:
            await http.serve(live, match[1], match[2], scope, receive, send)
        else:
            await pages(scope, receive, send)

    return ProtocolTypeRouter({"websocket": websocket, "http": page})


async def _websocket(live: "Live", scope: Scope, receive: http.Receive, send: http.Send) -> None:
    await receive()
    match = _SOCKET.match(scope["path"])
    if match is None or (match[1] != HEALTH and not same_origin(scope)):
        await send({"type": "websocket.close", "code": 4403})
        return
    try:
        visitor = await live.database.read(visitor_of, scope)
    except OUT_OF_REACH:
        await send({"type": "websocket.close", "code": 1013})
        return
    except Refused as refused:
        await send({"type": "websocket.accept"})
        socket = socket_of(scope, send)
        _goodbye(socket, Code.SCREEN_OFF, refused, language_of(headers_of(scope)))
        await socket.finish()
        return
    await send({"type": "websocket.accept"})
    socket = socket_of(scope, send)
    if match[1] == HEALTH:
        socket.write(Burst([encode(Heartbeat(head=0, at=live.clock()))]))
        socket.close(1000)
    else:
        await _converse(live, match[1], socket, visitor, scope, receive)
    await socket.finish()


async def _converse(
    live: "Live", slug: str, socket: Socket, visitor: Visitor, scope: Scope, receive: http.Receive
) -> None:
    try:
        visitor.require_room(slug)
        room = await live.room(slug)
        position = Position.of(scope["query_string"])
        await Connection(live, room, socket, visitor).run(receive, position)
    except Refused as refused:
        code = Code.SCREEN_OFF if visitor.display else Code.ROOM_GONE
        _goodbye(socket, code, refused, visitor.language)
    except OUT_OF_REACH as error:
        _log.warning("connection.failed", kind=type(error).__name__)
        _goodbye(socket, Code.UNAVAILABLE, goodbyes.unavailable(), visitor.language)


def _goodbye(socket: Socket, code: Code, refused: Refused, language: str) -> None:
    text = nack(refused, None, language).text
    bye = Bye(code=int(code), text=text, retry_after=refused.retry_after)
    socket.write(Burst([encode(bye)]))
    socket.close(int(code))
