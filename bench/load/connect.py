"""Connects many readers: handshake and greeting, a batch at a time."""

import base64
import os
import socket
from collections.abc import Callable

from .framing import client_frame, read_text
from .wires import Wire

BATCH = 50  # handshakes under way at once
PATIENCE = 60.0  # seconds for one answer
PER_ADDRESS = 5000  # connections from one loopback address


def connect_all(
    port: int,
    wire: Wire,
    cookies: list[str],
    *,
    grown: Callable[[list[socket.socket]], object] = len,
) -> list[socket.socket]:
    """One greeted, non-blocking socket per cookie (empty: no cookie), in that order.

    `grown` is handed all so far after each batch, so that they need not wait unheard.

    Raises ConnectionError when the server refuses one.
    """
    sockets: list[socket.socket] = []
    for start in range(0, len(cookies), BATCH):
        batch = [
            _ask(port, wire, cookie, start + place)
            for place, cookie in enumerate(cookies[start : start + BATCH])
        ]
        for sock in batch:
            _upgraded(sock)
        for say, wait_for in wire.hello:
            _greet(batch, say, wait_for)
        for sock in batch:
            sock.setblocking(False)
        sockets += batch
        grown(sockets)
    return sockets


def _ask(port: int, wire: Wire, cookie: str, number: int) -> socket.socket:
    sock = socket.socket()
    sock.settimeout(PATIENCE)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_IP, IP_BIND_ADDRESS_NO_PORT, 1)
    sock.bind((f"127.0.0.{2 + number // PER_ADDRESS}", 0))
    sock.connect(("127.0.0.1", port))
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET {wire.path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        f"Origin: http://127.0.0.1:{port}",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    sock.sendall("\r\n".join([*lines, "", ""]).encode())
    return sock


IP_BIND_ADDRESS_NO_PORT = 24  # Linux; not named in the socket module of Python 3.11


def _upgraded(sock: socket.socket) -> None:
    """Read the answer to the handshake, and not a byte more: frames may follow at once."""
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        seen = sock.recv(4096, socket.MSG_PEEK)
        end = (answer + seen).find(b"\r\n\r\n")
        take = len(seen) if end < 0 else end + 4 - len(answer)
        if not seen:
            raise ConnectionError("The server closed a connection during the handshake.")
        answer += sock.recv(take)
    if not answer.startswith(b"HTTP/1.1 101"):
        raise ConnectionError(f"No WebSocket: {answer.splitlines()[0].decode()}")


def _greet(batch: list[socket.socket], say: str, wait_for: str) -> None:
    for sock in batch:
        if say:
            sock.sendall(client_frame(say))
    for sock in batch:
        while wait_for not in read_text(sock):
            pass
