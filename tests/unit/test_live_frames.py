"""Our frames, read by somebody else's parser."""

import pytest
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from deliberation.live.frames import Burst, framed


def _parsed(data: bytes) -> list[Frame]:
    reader = StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    frames = []
    while not _at_end(reader):
        parsing = Frame.parse(reader.read_exact, mask=False)
        with pytest.raises(StopIteration) as done:
            next(parsing)
        frames.append(done.value.value)
    return frames


def _at_end(reader: StreamReader) -> bool:
    with pytest.raises(StopIteration) as done:
        next(reader.at_eof())
    return bool(done.value.value)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65535, 65536, 1_000_000])
def test_a_frame_of_any_length_is_one_whole_text_frame(size: int) -> None:
    (frame,) = _parsed(framed(b"x" * size))
    assert (frame.opcode, frame.fin, frame.data) == (Opcode.TEXT, True, b"x" * size)


@pytest.mark.parametrize(("size", "head"), [(125, 2), (126, 4), (65535, 4), (65536, 10)])
def test_the_length_takes_no_more_bytes_than_it_must(size: int, head: int) -> None:
    assert len(framed(b"x" * size)) == size + head


def test_a_burst_is_its_frames_one_after_the_other() -> None:
    payloads = [b"a", b"b" * 200, b"c" * 70_000]
    assert [bytes(frame.data) for frame in _parsed(Burst(payloads).wire)] == payloads


def test_a_burst_may_end_with_a_ping() -> None:
    text, ping = _parsed(Burst([b"beat"], ping=True).wire)
    assert (text.opcode, ping.opcode, ping.data) == (Opcode.TEXT, Opcode.PING, b"")


def test_a_burst_is_joined_once_for_all_sockets() -> None:
    burst = Burst([b"a", b"b"])
    assert burst.wire is burst.wire
