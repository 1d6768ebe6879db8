"""WebSocket framing from a client's side (RFC 6455 §5): masked, as the RFC asks, with a zero key.

A zero key leaves the payload as it is and costs the server as much as any other key.
"""

import socket
import struct

from .wires import NUMBER


def client_frame(text: str) -> bytes:
    payload = text.encode()
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", 0x81, 0x80 | size)
    else:
        head = struct.pack("!BBH", 0x81, 0x80 | 126, size)
    return head + bytes(4) + payload


def places_of(frame: bytes) -> list[int]:
    """Where the eight digits go."""
    mark, places, at = NUMBER.encode(), [], -1
    while (at := frame.find(mark, at + 1)) >= 0:
        places.append(at)
    return places


def read_exactly(sock: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = sock.recv(size - len(data))
        if not more:
            raise ConnectionError("The server closed a connection while it was being greeted.")
        data += more
    return data


def read_text(sock: socket.socket) -> str:
    """The next text frame, and not a byte more. Pings and other frames are passed over."""
    while True:
        first, second = read_exactly(sock, 2)
        size = second & 127
        if size == 126:
            size = struct.unpack("!H", read_exactly(sock, 2))[0]
        elif size == 127:
            size = struct.unpack("!Q", read_exactly(sock, 8))[0]
        payload = read_exactly(sock, size)
        if first == 0x88:
            raise ConnectionError(f"The server said goodbye: {payload[2:].decode()!r}")
        if first == 0x81:
            return payload.decode()
