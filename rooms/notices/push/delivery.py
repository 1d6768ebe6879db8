"""One request to a push service, and what it answered."""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from .guard import NotAllowed, Target, addresses, target

LONGEST = 10.0  # seconds for one request, whatever the other side does
_HEAD = 16 * 1024  # bytes of an answer that we read: the line with the status, and headers
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Answer:
    """`status` is 0 where no answer came; then `why` says it in words, without any address."""

    status: int
    retry_after: str = ""
    why: str = ""

    @property
    def arrived(self) -> bool:
        return 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """The browser took its permission back."""
        return self.status in (404, 410)

    @property
    def later(self) -> bool:
        """Not now, but perhaps soon."""
        return self.status in (0, 408, 425, 429) or self.status >= 500

    def wait(self, at: datetime) -> timedelta | None:
        """How long the service asks us to stay away; at most a day."""
        asked = self.retry_after.strip()
        if asked.isdecimal():
            return min(timedelta(seconds=int(asked[:9])), _DAY)
        try:
            return min(max(parsedate_to_datetime(asked) - at, timedelta()), _DAY)
        except (ValueError, TypeError):
            return None


async def delivered(
    endpoint: str, headers: Mapping[str, str], body: bytes, context: ssl.SSLContext
) -> Answer:
    """Send it. Never raises for what a network or the other side does; never follows elsewhere."""
    try:
        async with asyncio.timeout(LONGEST):
            where = target(endpoint)
            return await _asked(where, await addresses(where), headers, body, context)
    except NotAllowed as refused:
        return Answer(0, why=f"not allowed: {refused}")
    except TimeoutError:
        return Answer(0, why="no answer in time")
    except (OSError, EOFError, ValueError, asyncio.LimitOverrunError) as error:
        return Answer(0, why=type(error).__name__)


async def _asked(
    where: Target, at: list[str], headers: Mapping[str, str], body: bytes, context: ssl.SSLContext
) -> Answer:
    reader, writer = await _connected(where, at, context)
    try:
        writer.write(_request(where, headers, len(body)) + body)
        await writer.drain()
        return _read(await reader.readuntil(b"\r\n\r\n"))
    finally:
        writer.transport.abort()


async def _connected(
    where: Target, at: list[str], context: ssl.SSLContext
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """To the first address that answers; its certificate must be that of the name."""
    wrong: OSError = OSError("no address")
    for address in at:
        try:
            return await asyncio.open_connection(
                address, where.port, ssl=context, server_hostname=where.host, limit=_HEAD
            )
        except OSError as error:
            wrong = error
    raise wrong


def _request(where: Target, headers: Mapping[str, str], length: int) -> bytes:
    port = "" if where.origin.endswith(where.host) else f":{where.port}"
    lines = [f"POST {where.path} HTTP/1.1", f"Host: {where.host}{port}", "Connection: close"]
    lines += [f"Content-Length: {length}", *(f"{name}: {said}" for name, said in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii")


def _read(head: bytes) -> Answer:
    """Raises ValueError for what is no answer of HTTP."""
    first, *rest = head.decode("latin-1").split("\r\n")
    protocol, _, said = first.partition(" ")
    if not protocol.startswith("HTTP/1."):
        raise ValueError("not HTTP")
    named = (line.partition(":") for line in rest)
    waits = [value for name, _, value in named if name.lower() == "retry-after"]
    return Answer(int(said[:3]), retry_after=waits[0] if waits else "")
