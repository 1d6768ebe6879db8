"""WebSocket framing (RFC 6455 §5.2), server to client: text, never masked, several in one write."""

import struct
from functools import cached_property

_TEXT = 0x81
PING = b"\x89\x00"


def framed(payload: bytes) -> bytes:
    """One whole text frame around `payload` (UTF-8)."""
    size = len(payload)
    if size < 126:
        return bytes((_TEXT, size)) + payload
    if size < 65536:
        return struct.pack("!BBH", _TEXT, 126, size) + payload
    return struct.pack("!BBQ", _TEXT, 127, size) + payload


class Burst:
    """Frames that go out together: encoded once, joined once, however many sockets get them."""

    def __init__(self, payloads: list[bytes], *, ping: bool = False) -> None:
        self.payloads = payloads
        self._ping = ping

    @cached_property
    def wire(self) -> bytes:
        """All frames joined, ready for a transport."""
        tail = PING if self._ping else b""
        return b"".join([framed(payload) for payload in self.payloads]) + tail
