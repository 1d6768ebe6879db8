"""A language model's server to test against: it answers what a test tells it to."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from deliberation.agenda.model import Endpoint

Answers = Callable[["Asked"], None]


class Asked(BaseHTTPRequestHandler):
    """One question. `body`: what was asked; `stop`: set when the test is over."""

    body: dict[str, Any]
    answers: Answers
    seen: list["Asked"]
    stop: threading.Event

    def do_POST(self) -> None:
        self.body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append(self)
        with suppress(ConnectionError):  # who asked went away
            type(self).answers(self)

    def answer(self, document: object, status: int = 200, **headers: str) -> None:
        self.begin(json.dumps(document).encode(), status, **headers)

    def begin(self, body: bytes, status: int = 200, length: int = 0, **headers: str) -> None:
        """Send the beginning of an answer of `length` bytes: all of it without a length."""
        self.send_response(status)
        self.send_header("Content-Length", str(length or len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def model_server(answers: Answers, timeout: float = 20.0) -> Iterator[tuple[Endpoint, list[Asked]]]:
    """The endpoint, and everything that it is asked."""
    seen: list[Asked] = []
    stop = threading.Event()
    kind = type("Handler", (Asked,), {"answers": staticmethod(answers), "seen": seen, "stop": stop})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/v1"
        yield Endpoint(url, "small", "secret", timeout), seen
    finally:
        stop.set()
        server.shutdown()
        thread.join()
        server.server_close()
