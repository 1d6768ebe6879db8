"""Bytes to structs and back; a frame that does not fit is refused in words."""

from typing import TypeVar
from uuid import UUID

import msgspec

from deliberation.kernel.refusals import Refused, gettext_noop

from .commands import AnyCommand, FromClient
from .replies import FromServer

FRAME_LIMIT = 32 * 1024  # bytes

_encoder = msgspec.json.Encoder()
_from_client: msgspec.json.Decoder[FromClient] = msgspec.json.Decoder(FromClient)
_command: msgspec.json.Decoder[AnyCommand] = msgspec.json.Decoder(AnyCommand)
_from_server: msgspec.json.Decoder[FromServer] = msgspec.json.Decoder(FromServer)


class _OnlyRef(msgspec.Struct):
    ref: UUID | None = None


_only_ref = msgspec.json.Decoder(_OnlyRef)
_Frame = TypeVar("_Frame")


def encode(frame: msgspec.Struct) -> bytes:
    """A frame as UTF-8 JSON."""
    return _encoder.encode(frame)


def decode(data: bytes | str) -> FromClient:
    """A client's frame. Raises Refused `bad_frame` or `too_large`."""
    return _decoded(_from_client, data)


def decode_command(data: bytes | str) -> AnyCommand:
    """A client's command, where hints make no sense (HTTP). Raises Refused."""
    return _decoded(_command, data)


def decode_server(data: bytes | str) -> FromServer:
    """A server's frame, for our own clients. Raises msgspec.DecodeError."""
    return _from_server.decode(data)


def ref_of(data: bytes | str) -> UUID | None:
    """The `ref` of a frame that is otherwise unreadable, so that its sender can be told."""
    try:
        return None if _size(data) > FRAME_LIMIT else _only_ref.decode(data).ref
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def _size(data: bytes | str) -> int:
    """Bytes; text is counted as the UTF-8 it was on the wire."""
    return len(data) if isinstance(data, bytes) else len(data.encode(errors="surrogatepass"))


def _decoded(decoder: msgspec.json.Decoder[_Frame], data: bytes | str) -> _Frame:
    if _size(data) > FRAME_LIMIT:
        raise Refused(
            "too_large",
            gettext_noop("This is too large to send (at most %(limit)s bytes). Make it shorter."),
            values={"limit": FRAME_LIMIT},
        )
    try:
        return decoder.decode(data)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Refused(
            "bad_frame",
            gettext_noop(
                "The server did not understand this (%(why)s). Reload the page and try again."
            ),
            values={"why": str(error)},
        ) from error
