"""Long answers, sent while they are made."""

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse


def download(
    request: HttpRequest, pieces: Iterator[str], *, name: str, kind: str
) -> StreamingHttpResponse:
    """A file to keep, in pieces that are made when the browser is ready for them."""
    stepping = isinstance(request, ASGIRequest)
    response = StreamingHttpResponse(_in_steps(pieces) if stepping else pieces, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


async def _in_steps(pieces: Iterator[str]) -> AsyncIterator[str]:
    """The same, each step on the thread where queries belong. Small pieces go together."""
    step = sync_to_async(_some)
    while piece := await step(pieces):
        yield piece


def _some(pieces: Iterator[str], size: int = 32_000) -> str:
    found, length = [], 0
    for piece in pieces:
        found.append(piece)
        length += len(piece)
        if length >= size:
            break
    return "".join(found)
