"""ASGI: a WebSocket per reader, and the HTTP forms of the same, under /live/<room>."""

import re
from typing import TYPE_CHECKING

from channels.routing import ProtocolTypeRouter

from deliberation.kernel.refusals import Refused
from deliberation.protocol.codec import encode
from deliberation.protocol.replies import Bye, Heartbeat

from . import http
from .connection import Connection, nack
from .frames import Burst
from .resume import Position
from .session import Code
from .sockets import socket_of
from .visitors import Scope, same_origin, visitor_of

if TYPE_CHECKING:
    from .live import Live

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
    visitor = await live.database.read(visitor_of, scope)
    await send({"type": "websocket.accept"})
    socket = socket_of(scope, send)
    if match[1] == HEALTH:
        socket.write(Burst([encode(Heartbeat(head=0, at=live.clock()))]))
        socket.close(1000)
        return
    try:
        room = await live.room(match[1])
        await Connection(live, room, socket, visitor).run(
            receive, Position.of(scope["query_string"])
        )
    except Refused as refused:
        text = nack(refused, None, visitor.language).text
        socket.write(Burst([encode(Bye(code=int(Code.ROOM_GONE), text=text))]))
        socket.close(int(Code.ROOM_GONE))
