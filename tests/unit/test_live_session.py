"""What a frame means, and when enough is enough: pure, with the time as an argument."""

from uuid import UUID

import pytest

from deliberation.live.limits import SOCKET
from deliberation.live.session import IN_FLIGHT_LIMIT, Code, Enough, Session, Unreadable
from deliberation.protocol.codec import FRAME_LIMIT
from deliberation.protocol.commands import MessagePost, Typing

REF = "0190163d-8694-739b-aea5-966c26f8ad91"
POST = f'{{"type":"message.post","ref":"{REF}","thread":1,"body":"Hoi"}}'


def _refused(session: Session, data: str | bytes, now: float = 0) -> Unreadable:
    found = session.receive(data, now)
    assert isinstance(found, Unreadable)
    return found


def test_a_command_and_a_hint_are_understood() -> None:
    session = Session(0)
    assert session.receive(POST, 0) == MessagePost(ref=UUID(REF), thread=1, body="Hoi")
    assert session.receive('{"type":"typing","thread":3}', 0) == Typing(thread=3)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "[]",
        "null",
        '{"type":"message.explode"}',
        '{"type":"typing"}',
        '{"type":"typing","thread":"three"}',
        '{"type":"typing","thread":1,"colour":"red"}',
        '{"type":"welcome"}',
        '{"type":"typing","thread":1}{"type":"typing","thread":1}',
        "[" * 5000,
        '"\ud800"',
    ],
)
def test_what_makes_no_sense_is_refused_in_words(data: str) -> None:
    refused = _refused(Session(0), data).refused
    assert refused.code == "bad_frame"
    assert refused.text % refused.values


def test_a_refusal_names_the_command_it_is_about_where_it_can_be_read() -> None:
    strange = POST.replace('"thread":1', '"thread":"one"')
    assert _refused(Session(0), strange).ref == UUID(REF)
    assert _refused(Session(0), POST[:-1]).ref is None


def test_binary_is_refused() -> None:
    assert _refused(Session(0), POST.encode()).refused.code == "bad_frame"


def test_a_frame_may_be_as_large_as_the_limit_in_bytes_and_no_larger() -> None:
    session = Session(0)
    room = FRAME_LIMIT - len(POST)
    fits = POST.replace("Hoi", "é" * (room // 2))
    assert not isinstance(session.receive(POST + " " * room, 0), Unreadable)
    assert _refused(session, POST + " " * (room + 1)).refused.code == "too_large"
    assert _refused(session, fits + " " * 100).refused.code == "too_large"


def test_the_tenth_bad_frame_in_a_minute_is_the_last() -> None:
    session = Session(0)
    for second in range(9):
        _refused(session, "?", second)
    with pytest.raises(Enough) as enough:
        session.receive("?", 59)
    assert enough.value.code == Code.BAD_FRAMES


def test_ten_bad_frames_in_more_than_a_minute_are_forgiven() -> None:
    session = Session(0)
    for number in range(30):
        _refused(session, "?", number * 7)


def test_good_frames_do_not_count_as_bad_ones() -> None:
    session = Session(0)
    for number in range(100):
        assert not isinstance(session.receive(POST, number / 10), Unreadable)
    _refused(session, "?", 10)


def test_a_flood_is_slowed_down_and_then_closed() -> None:
    session = Session(0)
    for _ in range(SOCKET.burst):
        assert not isinstance(session.receive(POST, 0), Unreadable)
    flood = _refused(session, POST)
    assert (flood.refused.code, flood.ref) == ("too_fast", UUID(REF))
    assert flood.refused.retry_after
    for _ in range(8):
        _refused(session, POST)
    with pytest.raises(Enough):
        session.receive(POST, 0)


def test_who_waits_may_go_on() -> None:
    session = Session(0)
    for _ in range(SOCKET.burst + 1):
        session.receive(POST, 0)
    assert isinstance(session.receive(POST, SOCKET.seconds), MessagePost)


def test_limits_can_be_lifted_for_measuring() -> None:
    session = Session(0, limited=False)
    for _ in range(SOCKET.burst * 3):
        assert isinstance(session.receive(POST, 0), MessagePost)


def test_no_more_commands_wait_for_an_answer_than_a_few_dozen() -> None:
    session = Session(0, in_flight=IN_FLIGHT_LIMIT)
    refused = _refused(session, POST)
    assert (refused.refused.code, refused.ref) == ("too_fast", UUID(REF))
    assert isinstance(session.receive('{"type":"seen","seq":1}', 0), object)
    session.in_flight -= 1
    assert isinstance(session.receive(POST, 0), MessagePost)


def test_too_many_waiting_commands_never_close_the_socket() -> None:
    session = Session(0, in_flight=IN_FLIGHT_LIMIT)
    for second in range(40):
        _refused(session, POST, second)


def test_below_4500_the_client_comes_back_and_above_it_stays_away() -> None:
    final = {code.name for code in Code if code >= 4500}
    assert final == {"BANNED", "BAD_FRAMES", "ROOM_GONE", "SCREEN_OFF"}
    assert all(4000 <= code <= 4999 for code in Code)
