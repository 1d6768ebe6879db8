"""How a client that comes back gets up to date: all cases, without a server."""

import pytest

from deliberation.live.resume import REPLAY_LIMIT, Position, outcome


def _position(after: int | None, epoch: str = "now") -> Position:
    return Position(after=after, epoch=epoch, staff=False, staff_after=None)


@pytest.mark.parametrize(
    ("after", "epoch", "expected"),
    [
        (None, "", "current"),
        (None, "now", "current"),
        (100, "now", "current"),
        (100, "", "current"),
        (99, "now", "replay"),
        (99, "", "replay"),
        (0, "now", "replay"),
        (101, "now", "resync"),
        (101, "", "resync"),
        (100, "before", "resync"),
        (99, "before", "resync"),
        (0, "before", "resync"),
    ],
)
def test_how_a_client_gets_to_number_100(after: int | None, epoch: str, expected: str) -> None:
    assert outcome(_position(after, epoch), head=100, epoch="now") == expected


def test_who_is_too_far_behind_takes_a_fresh_snapshot() -> None:
    head = REPLAY_LIMIT + 50
    assert outcome(_position(50), head=head, epoch="now") == "replay"
    assert outcome(_position(49), head=head, epoch="now") == "resync"


def test_a_position_is_read_from_an_address() -> None:
    query = b"after=12&epoch=e1&staff=1&staff_after=3&since=1700000000&after=13"
    assert Position.of(query) == Position(13, "e1", True, 3, 1_700_000_000)


@pytest.mark.parametrize("words", ["-1", "1.5", "x", "", "9" * 16, "1e3", "%00", "%FF"])
def test_what_is_no_number_counts_as_not_given(words: str) -> None:
    position = Position.of(f"after={words}&staff_after={words}&since={words}".encode())
    assert position == Position(None, "", False, None, None)


def test_an_address_without_a_position_asks_for_nothing_older() -> None:
    assert Position.of(b"") == Position(None, "", False, None, None)
