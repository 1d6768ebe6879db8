"""The load generator finds what a server does wrong: lost, doubled, out of order, cut off."""

import json
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock, Thread

import numpy as np
import pytest

from bench.load import wires
from bench.load.framing import client_frame, places_of, read_text
from bench.load.measure import Load, Measured, authors_of, measure, new_run
from bench.load.native import bucket_of, latency_ms

READERS = 5
pytestmark = pytest.mark.skipif(shutil.which("cc") is None, reason="the loop is written in C")
WIRE = wires.Wire("/", wires.body_of, ack="stored ", nack="nack ")
Deliver = Callable[[int, bytes], list[tuple[int, bytes]]]


def server_frame(text: bytes) -> bytes:
    size = len(text)
    head = bytes([0x81, size]) if size < 126 else b"\x81\x7e" + size.to_bytes(2, "big")
    return head + text


def faithful(count: int, text: bytes) -> list[tuple[int, bytes]]:
    return [(reader, text) for reader in range(READERS)]


def posts(sock: socket.socket) -> Iterator[bytes]:
    """The texts that a client posts, unmasked (its key is zero)."""
    try:
        while True:
            yield read_masked(sock)
    except ConnectionError:
        return


def read_masked(sock: socket.socket) -> bytes:
    def exactly(size: int) -> bytes:
        data = b""
        while len(data) < size:
            more = sock.recv(size - len(data))
            if not more:
                raise ConnectionError
            data += more
        return data

    _, second = exactly(2)
    size = second & 127
    if size == 126:
        size = int.from_bytes(exactly(2), "big")
    assert exactly(4) == bytes(4)
    return exactly(size)


@contextmanager
def a_chat(deliver: Deliver) -> Iterator[list[socket.socket]]:
    """READERS sockets of a chat server that treats its n-th message as `deliver(n, text)` says."""
    with ExitStack() as stack:
        pairs = [socket.socketpair() for _ in range(READERS)]
        for mine, theirs in pairs:
            stack.callback(mine.close)
            stack.callback(theirs.close)
            mine.setblocking(False)
        merged: list[bytes] = []
        in_turn = Lock()

        def serve(sock: socket.socket) -> None:
            for text in posts(sock):
                with in_turn:
                    merged.append(text)
                    for reader, out in deliver(len(merged), text):
                        pairs[reader][1].sendall(server_frame(out))

        threads = [Thread(target=serve, args=(theirs,)) for _, theirs in pairs]
        for thread in threads:
            thread.start()
        try:
            yield [mine for mine, _ in pairs]
        finally:
            for mine, _ in pairs:
                mine.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join()


def load_on(deliver: Deliver, *, in_flight: int = 1) -> Measured:
    with a_chat(deliver) as sockets:
        load = Load(in_flight=in_flight, warm_up=0.05, window=0.2)
        return measure(sockets, WIRE, load, patience=0.5)


def test_a_faithful_server_is_sound() -> None:
    measured = load_on(faithful)
    assert measured.sound
    assert measured.posted > 10
    assert measured.flaws == ""
    assert measured.deliveries_per_second > 0
    assert 0 < measured.p50_ms <= measured.p99_ms


def test_a_message_that_one_reader_misses_is_lost() -> None:
    measured = load_on(lambda n, text: faithful(n, text)[: READERS - (n == 3)])
    assert measured.lost == 1
    assert not measured.sound
    assert "1 lost" in measured.flaws


def test_a_message_that_comes_twice_is_doubled() -> None:
    measured = load_on(lambda n, text: faithful(n, text) + [(0, text)] * (n == 3))
    assert (measured.doubled, measured.lost) == (1, 0)
    assert not measured.sound


def test_readers_who_see_another_order_are_counted() -> None:
    held: list[bytes] = []

    def shuffling(n: int, text: bytes) -> list[tuple[int, bytes]]:
        """Reader 0 gets the third message after the fourth."""
        late = [(0, out) for out in held]
        held.clear()
        if n == 3:
            held.append(text)
            return faithful(n, text)[1:]
        return faithful(n, text) + late

    measured = load_on(shuffling, in_flight=2)
    assert measured.lost == 0
    assert measured.agreeing in (1, READERS - 1)
    assert "order differs" in measured.flaws


def test_a_refusal_is_counted_and_quoted() -> None:
    def refusing(n: int, text: bytes) -> list[tuple[int, bytes]]:
        return faithful(n, text) + [(0, b"nack too fast")] * (n == 2)

    measured = load_on(refusing)
    assert measured.refused == 1
    assert measured.refusal == "nack too fast"


def test_messages_of_another_run_do_not_count() -> None:
    other = wires.body_of("zzzz").replace(wires.NUMBER, "00000000").encode()
    measured = load_on(lambda n, text: [*faithful(n, text), (0, other)])
    assert measured.sound


@pytest.mark.parametrize("microseconds", [0, 1, 63, 64, 65, 1000, 12_345, 999_999, 80_000_000])
def test_a_latency_is_reported_at_most_a_sixtieth_too_high(microseconds: int) -> None:
    histogram = np.zeros(64 * 40, dtype=np.uint64)
    histogram[bucket_of(microseconds)] = 1
    reported = latency_ms(histogram, 0.5) * 1000
    assert microseconds < reported <= microseconds * (1 + 1 / 60) + 1


def test_half_and_nearly_all_of_the_deliveries() -> None:
    histogram = np.zeros(64 * 40, dtype=np.uint64)
    histogram[bucket_of(1000)] = 98
    histogram[bucket_of(50_000)] = 2
    assert latency_ms(histogram, 0.5) == pytest.approx(1.0, rel=0.02)
    assert latency_ms(histogram, 0.99) == pytest.approx(50.0, rel=0.02)


@pytest.mark.parametrize(
    "wire", [wires.channels_chat("r"), wires.socketio("r"), wires.ours("r", 7)]
)
def test_every_wire_posts_the_same_120_characters(wire: wires.Wire) -> None:
    run = new_run()
    text = wire.post(run)
    content = json.loads(text.removeprefix("42"))
    body = content[1] if isinstance(content, list) else content.get("body", content.get("message"))
    assert len(body) == wires.BODY_SIZE
    assert body.startswith(f"{wires.marker_of(run)}{wires.NUMBER}]")


def test_the_number_goes_wherever_a_post_names_it() -> None:
    frame = client_frame(wires.ours("r", 7).post("abcd"))
    assert len(places_of(frame)) == 4


def test_every_reader_is_an_author_in_turn() -> None:
    assert sorted(authors_of(1000)) == list(range(1000))
    assert authors_of(1000) == authors_of(1000) != list(range(1000))


def test_reading_a_frame_takes_not_a_byte_more() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"\x89\x00" + server_frame(b"welcome") + b"rest")
        assert read_text(ours) == "welcome"
        assert ours.recv(10) == b"rest"
