"""A server that only floods: what the load generator can read when nothing else is slow.

Usage: python -m bench.load.flood PORT RUN READERS MESSAGES. It takes READERS connections, and then
writes MESSAGES numbered frames of FRAME_SIZE bytes to each, JOINED to a write.
"""

import socket
import sys

from .wires import marker_of

FRAME_SIZE = 380  # bytes, about what a message of ours takes on the wire
JOINED = 32


def frames(run: str, first: int) -> bytes:
    """JOINED text frames with the numbers from `first`."""
    joined = b""
    for number in range(first, first + JOINED):
        body = f"{marker_of(run)}{number:08d}]".ljust(FRAME_SIZE - 4, ".").encode()
        joined += b"\x81\x7e" + len(body).to_bytes(2, "big") + body
    return joined


def main(port: int, run: str, readers: int, messages: int) -> None:
    listener = socket.create_server(("127.0.0.1", port), backlog=1024)
    print("ready", flush=True)
    crowd = []
    for _ in range(readers):
        sock, _address = listener.accept()
        while not sock.recv(4096, socket.MSG_PEEK).endswith(b"\r\n\r\n"):
            pass
        sock.recv(4096)
        sock.sendall(b"HTTP/1.1 101 Switching Protocols\r\n\r\n")
        crowd.append(sock)
    crowd[0].recv(1)  # the word to begin
    for first in range(0, messages, JOINED):
        data = frames(run, first)
        for sock in crowd:
            sock.sendall(data)
    listener.accept()  # keeps the sockets open until it is stopped


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
