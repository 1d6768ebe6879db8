"""A frame is a command or is refused in words; nothing a client sends does anything else."""

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.kernel.refusals import Refused
from deliberation.protocol import codec, commands
from deliberation.protocol.commands import AnyCommand

from .wire import CLIENT, FRAMELIKE, JSON, SERVER, cases, frames

REF = "0b0c8f3e-57c2-4a3b-9a5e-6d0d8b6c0f11"
COMMANDS = cases(AnyCommand)


def outcome(data: bytes | str) -> object:
    """A client's frame, or the code it is refused with. Anything else fails the test."""
    codec.ref_of(data)
    try:
        found = codec.decode(data)
    except Refused as refused:
        return _code(refused, large=_size(data) > codec.FRAME_LIMIT)
    assert isinstance(found, tuple(CLIENT.values()))
    assert codec.decode(codec.encode(found)) == found
    return found


def _code(refused: Refused, *, large: bool) -> str:
    assert refused.code == ("too_large" if large else "bad_frame")
    assert (refused.text % refused.values).encode()
    return refused.code


def _size(data: bytes | str) -> int:
    return len(data if isinstance(data, bytes) else data.encode(errors="surrogatepass"))


@given(st.binary(max_size=400))
def test_random_bytes_are_refused(data: bytes) -> None:
    assert outcome(data) == "bad_frame"


@given(st.text(st.characters(categories=None), max_size=200))
def test_random_text_is_refused(data: str) -> None:
    assert outcome(data) == "bad_frame"


@given(JSON)
def test_json_that_is_no_frame_is_refused(found: Any) -> None:
    assert outcome(json.dumps(found).encode()) == "bad_frame"


@given(FRAMELIKE, st.booleans())
def test_almost_frames_are_a_command_or_refused(found: dict[str, Any], raw: bool) -> None:
    outcome(json.dumps(found, ensure_ascii=not raw).encode(errors="surrogatepass"))


@given(st.sampled_from(sorted(CLIENT)), st.data())
def test_a_good_frame_with_one_wrong_value_never_surprises(tag: str, data: st.DataObject) -> None:
    frame = _example(tag)
    name = data.draw(st.sampled_from(sorted(frame)))
    frame[name] = data.draw(JSON)
    outcome(json.dumps(frame).encode())


@given(st.sampled_from(sorted(CLIENT)), st.data())
def test_a_frame_cut_off_or_damaged_on_the_way_never_surprises(
    tag: str, data: st.DataObject
) -> None:
    frame = bytearray(json.dumps(_example(tag)).encode())
    place = data.draw(st.integers(0, len(frame) - 1))
    if data.draw(st.booleans()):
        assert outcome(bytes(frame[:place])) == "bad_frame"
    else:
        frame[place] = data.draw(st.integers(0, 255))
        outcome(bytes(frame))


@pytest.mark.parametrize("tag", sorted(CLIENT))
def test_an_unknown_field_is_an_error(tag: str) -> None:
    assert outcome(json.dumps(_example(tag))) != "bad_frame"
    assert outcome(json.dumps(_example(tag) | {"extra": 1})) == "bad_frame"


@pytest.mark.parametrize("tag", sorted(CLIENT))
def test_a_required_field_that_is_missing_is_an_error(tag: str) -> None:
    fields = msgspec.structs.fields(CLIENT[tag])
    for field in (field for field in fields if field.required):
        frame = {name: value for name, value in _example(tag).items() if name != field.name}
        assert outcome(json.dumps(frame)) == "bad_frame", field.name


@pytest.mark.parametrize("type", ["", "post", "message.posted", "ack", "__class__", 1, None, {}])
def test_an_unknown_type_is_an_error(type: Any) -> None:
    assert outcome(json.dumps(_example("message.post") | {"type": type})) == "bad_frame"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"null",
        b"[]",
        b"{}",
        b"\x00",
        b"\xff\xfe{}",
        b'{"type":"typing","thread":1}{"type":"typing","thread":1}',
        b'{"type":"typing","thread":1e400}',
        b'{"type":"typing","thread":-1}',
        b'{"type":"typing","thread":1.5}',
        b'{"type":"typing","thread":true}',
        b'{"type":"typing","thread":"1"}',
        b'{"type":"typing","thread":NaN}',
        b'{"type":"typing","thread":99999999999999999999999999}',
        b'{"type":"seen","seq":9007199254740994}',
        b'{"type":"typing","thread":' + b"9" * 30_000 + b"}",
        b"[" * 32_000,
        b'{"a":' * 6_000,
        b'{"type":"typing","x":' + b"[" * 16_000 + b"]" * 16_000 + b"}",
        b'{"type":"message.retract","ref":"not-a-uuid","message":1}',
        b'{"type":"message.post","ref":"' + REF.encode() + b'","thread":1,"body":"\\ud800"}',
        b'{"type":"message.post","ref":"' + REF.encode() + b'","thread":1,"body":"\xed\xa0\x80"}',
        b'{"type":"thread.move","ref":"'
        + REF.encode()
        + b'","thread":1,"to_room":"a\\u0000b","reason":"x"}',
        b'{"type":"person.ban","ref":"'
        + REF.encode()
        + b'","person":1,"ground":"spam","reason":"x","until":"2026-03-03T19:00:00"}',
    ],
)
def test_known_nastiness_is_refused(data: bytes) -> None:
    assert outcome(data) == "bad_frame"


def test_the_last_of_two_keys_counts_as_in_every_browser() -> None:
    found = outcome(b'{"type":"typing","thread":1,"thread":2}')
    assert found == outcome(b'{"type":"typing","thread":2}')


@pytest.mark.parametrize("letter", ["a", "é", "😀"])
def test_too_large_is_counted_in_bytes(letter: str) -> None:
    empty = '{"type":"typing","thread":""}'
    letters = (codec.FRAME_LIMIT - len(empty)) // len(letter.encode())
    for count, code in ((letters, "bad_frame"), (letters + 1, "too_large")):
        frame = empty.replace('""', f'"{letter * count}"')
        assert outcome(frame) == outcome(frame.encode()) == code


@pytest.mark.parametrize("tag", sorted(CLIENT))
@given(data=st.data())
@settings(max_examples=30)
def test_every_client_frame_survives_the_wire(tag: str, data: st.DataObject) -> None:
    found: Any = data.draw(frames(CLIENT[tag]))
    assert codec.decode(codec.encode(found)) == found
    assert codec.decode(codec.encode(found).decode()) == found
    if isinstance(found, COMMANDS):
        assert codec.decode_command(codec.encode(found)) == found
        assert codec.ref_of(codec.encode(found)) == found.ref


@pytest.mark.parametrize("tag", sorted(SERVER))
@given(data=st.data())
@settings(max_examples=30)
def test_every_server_frame_survives_the_wire(tag: str, data: st.DataObject) -> None:
    found = data.draw(frames(SERVER[tag]))
    encoded = codec.encode(found)
    assert b"\n" not in encoded
    assert codec.decode_server(encoded) == found
    assert json.loads(encoded)["type"] == tag


def test_a_hint_is_no_command_over_http() -> None:
    with pytest.raises(Refused, match="bad_frame"):
        codec.decode_command(b'{"type":"typing","thread":1}')


@given(st.uuids())
def test_who_sends_a_bad_command_can_still_be_told_which(ref: Any) -> None:
    assert codec.ref_of(json.dumps({"ref": str(ref), "type": "?", "x": [1, {}]})) == ref


def _example(tag: str) -> dict[str, Any]:
    """A frame that is accepted, as a dictionary."""
    return json.loads(codec.encode(_sample(CLIENT[tag])))


def _sample(frame: type[msgspec.Struct]) -> msgspec.Struct:
    values = {
        "ref": REF, "thread": 7, "message": 8, "reply_to": 3, "body": "Hoi", "reason": "Omdat",
        "ground": "spam",
        "value": "agree", "title": "Licht", "kind": "need", "to_room": "plein", "into": 9,
        "mode": "slow", "until": datetime(2026, 3, 3, tzinfo=UTC), "slow_seconds": 60,
        "person": 4, "everywhere": True, "seq": 5, "criticism": True,
        "meeting": 2, "scene": {"kind": "thread", "thread": 7}, "blank": True, "state": "kept",
        "screening": "approve", "delay": 5, "names": True,
        "poll": 5, "question": "Waar eerst?", "options": ["Hier", "Daar"], "live": True,
        "hands": [3, 4], "choice": [1],
        "name": "Tafel 3", "origin": "paper", "open": True, "seconds": 60, "turn": 6,
    }  # fmt: skip
    if frame is commands.PollNew:
        values["kind"] = "single"
    wanted = {name: values[name] for name in frame.__struct_fields__}
    return msgspec.convert(wanted, frame)
