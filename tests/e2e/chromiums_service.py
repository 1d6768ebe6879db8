"""What the maker of Chromium runs, as far as Web Push needs it: Chromium registers here and keeps a
line open, over which what was pushed arrives. The browser itself is the real one.
"""

import base64
import hashlib
import ssl
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from queue import Queue
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from urllib.parse import parse_qsl

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_VERSION = b"\x29"
_LOGGED_IN, _MESSAGE = 3, 8  # kinds of frames on the line
_DEVICE, _SECRET = 123456789, 987654321


@dataclass
class Maker:
    """`flags` lead a Chromium here; what is put in `outbox` goes to it."""

    flags: list[str] = field(default_factory=list)
    registered: dict[str, str] = field(default_factory=dict)
    outbox: "Queue[bytes]" = field(default_factory=Queue)
    tokens: Iterator[int] = field(default_factory=count)

    def pushes(self, body: bytes) -> None:
        """Bring an encrypted message to the browser."""
        about = {"subtype": self.registered["X-subtype"], "content-encoding": "aes128gcm"}
        parts = [(3, self.registered["sender"].encode()), (5, self.registered["app"].encode())]
        parts += [(7, _packed((1, k.encode()), (2, v.encode()))) for k, v in about.items()]
        self.outbox.put(_packed(*parts, (9, b"1"), (21, body)))


@contextmanager
def maker(certificate: Path) -> Iterator[Maker]:
    """Both servers on free ports; `certificate` holds a certificate and its key."""
    made = Maker()

    class Registers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer = (
                _checked_in()
                if self.path == "/checkin"
                else f"token=toestel-{next(made.tokens)}".encode()
            )
            if b"X-subtype" in body:  # besides these, there is one of the browser itself
                made.registered = dict(parse_qsl(body.decode()))
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Tests speak for themselves."""

    class Line(StreamRequestHandler):
        def handle(self) -> None:
            self.connection.recv(1)
            self.wfile.write(_VERSION + _frame(_LOGGED_IN, _packed((1, b"1"))))
            while body := made.outbox.get():
                try:
                    self.wfile.write(_frame(_MESSAGE, body))
                except OSError:  # an older line; Chromium opens a new one when it likes
                    made.outbox.put(body)
                    return

    class LineServer(ThreadingTCPServer):
        daemon_threads = True

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    web, line = ThreadingHTTPServer(("127.0.0.1", 0), Registers), LineServer(("127.0.0.1", 0), Line)
    line.socket = context.wrap_socket(line.socket, server_side=True)
    made.flags = [
        f"--gcm-checkin-url=http://127.0.0.1:{web.server_port}/checkin",
        f"--gcm-registration-url=http://127.0.0.1:{web.server_port}/register",
        f"--gcm-mcs-endpoint=https://127.0.0.1:{line.server_address[1]}",
        f"--ignore-certificate-errors-spki-list={_fingerprint(certificate)}",
    ]
    for server in (web, line):
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.outbox.put(b"")
    for server in (web, line):
        server.shutdown()
        server.server_close()


def _fingerprint(certificate: Path) -> str:
    key = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    raw = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(raw).digest()).decode()


def _checked_in() -> bytes:
    """The browser gets a number and a secret."""
    now = b"\x08\x01\x18" + _number(int(time.time() * 1000))
    return now + b"\x39" + struct.pack("<Q", _DEVICE) + b"\x41" + struct.pack("<Q", _SECRET)


def _frame(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + _number(len(body)) + body


def _packed(*fields: tuple[int, bytes]) -> bytes:
    """Fields of a protocol buffer that hold bytes."""
    return b"".join(
        _number(number << 3 | 2) + _number(len(value)) + value for number, value in fields
    )


def _number(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])
