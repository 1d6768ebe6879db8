"""A judge that never condemns is worth nothing: each kind of crime, made up."""

from dataclasses import replace

import pytest

from .checker import Acked, Event, History, Saw, Sent, violations

LOG: list[Event] = [
    {"type": "room.charter", "seq": 1},
    *(
        {"type": "message.posted", "seq": n, "message": {"id": 10 + n, "ref": f"ref{n}"}}
        for n in (2, 3, 4)
    ),
]
SAW = [Saw(n, "message.posted", 10 + n) for n in (2, 3, 4)]


def _history() -> History:
    told = [Acked("ref3", 3, 13), *SAW]
    return History("Anna", start=1, entries=[Sent("ref3", "Hallo"), *told])


def test_an_honest_evening_is_not_condemned() -> None:
    assert violations([_history()], LOG) == []


@pytest.mark.parametrize(
    ("crime", "entries"),
    [
        ("a gap", [SAW[0], SAW[2]]),
        ("doubled", [SAW[0], SAW[0], *SAW[1:]]),
        ("out of order", [SAW[0], SAW[2], SAW[1]]),
        ("lost on the way", SAW[:2]),
        ("not in the log", [*SAW[:2], replace(SAW[2], subject=99)]),
        ("not in the log", [*SAW, Saw(5, "message.posted", 15)]),
        ("false acknowledgement", [*SAW, Acked("ref9", 9, 19)]),
        ("false acknowledgement", [*SAW, Acked("ref3", 3, 99)]),
        ("two answers", [*SAW, Acked("ref3", 3, 13), Acked("ref3", 4, 14)]),
        ("never answered", [*SAW, Sent("ref3", "Hallo")]),
        ("posted 0 times", [*SAW, Sent("ref7", "Weg"), Acked("ref7", 3, 13)]),
    ],
)
def test_each_crime_is_seen_and_shown(crime: str, entries: list[object]) -> None:
    found = violations([History("Bram", start=1, entries=entries)], LOG)  # type: ignore[arg-type]
    assert any(crime in sentence and "Bram" in sentence for sentence in found), found


def test_a_message_that_stands_in_the_log_twice_is_seen() -> None:
    twice = [*LOG, {**LOG[2], "seq": 5}]
    history = replace(_history(), entries=[*_history().entries, Saw(5, "message.posted", 13)])
    assert any("posted 2 times: ref3" in sentence for sentence in violations([history], twice))


def test_a_hole_in_the_log_is_seen() -> None:
    assert any("holes" in sentence for sentence in violations([], [LOG[0], *LOG[2:]]))
