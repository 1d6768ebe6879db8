"""Long answers, sent while they are made."""

from collections.abc import AsyncIterator, Iterator
from typing import AnyStr

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse


def download(
    request: HttpRequest, pieces: Iterator[AnyStr], *, name: str, kind: str
) -> StreamingHttpResponse:
    """A file to keep, in pieces that are made when the browser is ready for them."""
    stepping = isinstance(request, ASGIRequest)
    response = StreamingHttpResponse(_in_steps(pieces) if stepping else pieces, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


async def _in_steps(pieces: Iterator[AnyStr]) -> AsyncIterator[AnyStr]:
    """The same, each step on the thread where queries belong. Small pieces go together."""
    step = sync_to_async(_some)
    while some := await step(pieces):
        yield some[0][:0].join(some)


def _some(pieces: Iterator[AnyStr], size: int = 32_000) -> list[AnyStr]:
    found, length = [], 0
    for piece in pieces:
        found.append(piece)
        length += len(piece)
        if length >= size:
            break
    return found
