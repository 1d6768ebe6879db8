"""The same commands and the same log over plain HTTP, for networks that block WebSockets.

Outside Django's middleware: a request that waits for events must not hold a thread.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import msgspec
import structlog

from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import number
from deliberation.people.actors import Actor, actor_by_id
from deliberation.protocol.codec import FRAME_LIMIT, decode_command, encode, ref_of
from deliberation.protocol.events import PublicEvent
from deliberation.protocol.replies import Ack, Missed
from deliberation.protocol.shapes import Opening
from rooms import access, selectors
from rooms.models import Room
from rooms.rights import Action
from rooms.selectors import Window

from . import goodbyes
from .connection import ask, nack
from .execute import OUT_OF_REACH
from .resume import Position, outcome
from .room import LiveRoom
from .visitors import Scope, Visitor, headers_of, language_of, same_origin, visitor_of

if TYPE_CHECKING:
    from .live import Live

_log = structlog.get_logger(__name__)
WAIT_LIMIT = 25.0  # seconds a request may wait for events
STATUS = {
    "no_address": 404,
    "no_room": 404,
    "no_thread": 404,
    "no_message": 404,
    "screen_off": 410,
    "signed_out": 401,
    "too_fast": 429,
    "slow": 429,
    "too_large": 413,
    "busy": 503,
    "unavailable": 503,
    "failed": 500,
}
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Answer = tuple[int, msgspec.Struct]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


async def serve(
    live: "Live", slug: str, what: str, scope: Scope, receive: Receive, send: Send
) -> None:
    """Answer `/live/<slug>/<what>`; a refusal becomes a status and a sentence."""
    language = language_of(headers_of(scope))
    try:
        visitor = await live.database.read(visitor_of, scope)
        visitor.require_room(slug)
        status, answer = await _route(live, slug, what, scope, receive, visitor)
    except Refused as refused:
        status, answer = STATUS.get(refused.code, 403), nack(refused, None, language)
    except OUT_OF_REACH as error:
        _log.warning("request.failed", kind=type(error).__name__)
        status, answer = 503, nack(goodbyes.unavailable(), None, language)
    await _respond(send, status, encode(answer))


async def _route(
    live: "Live", slug: str, what: str, scope: Scope, receive: Receive, visitor: Visitor
) -> Answer:
    method = scope["method"]
    if (what, method) == ("commands", "POST"):
        return await _command(live, await live.room(slug), scope, receive, visitor)
    if (what, method) == ("events", "GET"):
        await live.database.read(_room, slug, visitor, live)
        return 200, await _events(live, await live.room(slug), scope)
    if (what, method) == ("snapshot", "GET"):
        query = scope["query_string"].decode("latin1")
        return 200, await live.database.read(_opening, slug, query, visitor, live)
    raise Refused("no_address", gettext_noop("There is nothing at this address."))


async def _command(
    live: "Live", room: LiveRoom, scope: Scope, receive: Receive, visitor: Visitor
) -> Answer:
    if not same_origin(scope) or headers_of(scope).get("content-type") != "application/json":
        raise Refused("foreign", gettext_noop("This came from another site and was not stored."))
    body = await _body(receive)
    try:
        command = decode_command(body)
        done = await ask(live, room, visitor, command).answer
    except Refused as refused:
        done = refused
    if isinstance(done, Refused):
        return STATUS.get(done.code, 422), nack(done, ref_of(body), visitor.language)
    return 200, Ack(ref=command.ref, seq=done.seq, id=done.id)


async def _body(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused("cut_off", gettext_noop("The connection broke. Your text is kept."))
        body += bytes(message.get("body", b""))
        if len(body) > FRAME_LIMIT or not message.get("more_body"):
            return body


async def _events(live: "Live", room: LiveRoom, scope: Scope) -> Missed:
    """What came after the asked number; waits up to `wait` seconds when there is nothing yet."""
    query = scope["query_string"]
    position = Position.of(query)
    await live.reach(room, position.after)
    how = outcome(position, head=room.public.head, epoch=room.epoch)
    if how == "current" and position.after is not None:
        await _advance(room, _wait(query))
        how = outcome(position, head=room.public.head, epoch=room.epoch)
    events: list[PublicEvent] = []
    if how == "replay" and position.after is not None:
        found = await live.events_after(room.slug, position.after, stream="public")
        events = [event for event in found if isinstance(event, PublicEvent)]
    return Missed(epoch=room.epoch, head=room.public.head, resume=how, events=events)


async def _advance(room: LiveRoom, seconds: float) -> None:
    try:
        await asyncio.wait_for(room.public.advanced.wait(), seconds)
    except TimeoutError:
        return


def _wait(query: bytes) -> float:
    given = parse_qs(query.decode("latin1")).get("wait", ["0"])[-1]
    return min(float(given), WAIT_LIMIT) if given.isdecimal() else 0.0


def _opening(slug: str, query: str, visitor: Visitor, live: "Live") -> Opening:
    actor, room = _room(slug, visitor, live)
    fields = parse_qs(query)
    asked = {
        name: value
        for name in ("thread", "before", "after", "around")
        if (value := number(fields.get(name, [""])[-1])) is not None
    }
    if "around" in asked:
        message = access.message_for(room, asked["around"])
        asked |= {"around": message.seq, "thread": message.thread_id}
    return selectors.opening(actor, room, Window(**asked), at=live.clock())


def _room(slug: str, visitor: Visitor, live: "Live") -> tuple[Actor, Room]:
    at = live.clock()
    actor = actor_by_id(visitor.person, at=at)
    return actor, access.room_for(actor, slug, to=Action.READ, at=at)


async def _respond(send: Send, status: int, body: bytes) -> None:
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
