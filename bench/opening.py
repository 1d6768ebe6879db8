"""Opening a room: its page, the page of its thread, and the socket until its welcome."""

import http.client
import time
from pathlib import Path
from statistics import median

from .contenders import LARGE_ROOM, SMALL_ROOM, STARTERS, Contender, deliberation
from .crowds import Passed, Say
from .load import wires
from .load.connect import connect_all
from .rows import Row, spread_of
from .scenarios import Opening

PAIR_SECONDS = 0.1  # about; for the progress bar
_PARTS = 5  # stretches of pairs, to show the spread
_WARM = 10  # pairs before the measured ones


def run_opening(
    opening: Opening, name: str, folder: Path, *, say: Say, passed: Passed
) -> list[Row]:
    """One row: how much longer the room with a long past takes. Both rooms are in one database."""
    with STARTERS[name](folder) as contender:
        say(f"opening: {name} gets a room with {opening.large:,} messages")
        cookie = contender.cookies(1)[0]
        small = _Room(contender, SMALL_ROOM, opening.small, cookie)
        large = _Room(contender, LARGE_ROOM, opening.large, cookie)
        say(f"opening: {name}")
        pairs = []
        for turn in range(_WARM + opening.pairs):
            pairs.append(_pair(small, large, turn))
            passed(PAIR_SECONDS if turn >= _WARM else 0.0)
    return [_row(opening, name, pairs[_WARM:])]


class _Room:
    """A room with so many messages, all in one thread."""

    def __init__(self, contender: Contender, slug: str, messages: int, cookie: str) -> None:
        words = ["bench", "room", "--room", slug, "--messages", str(messages)]
        self._thread = int(deliberation(contender.environment or {}, *words).split()[-1])
        self._port, self._slug, self._cookie = contender.port, slug, cookie

    def open_ms(self) -> float:
        """Milliseconds from the first request to the welcome on the socket."""
        started = time.perf_counter()
        _page(self._port, f"/r/{self._slug}/", self._cookie)
        _page(self._port, f"/r/{self._slug}/t/{self._thread}/", self._cookie)
        (sock,) = connect_all(self._port, wires.ours(self._slug, self._thread), [self._cookie])
        spent = time.perf_counter() - started
        sock.close()
        return spent * 1000


def _pair(small: _Room, large: _Room, turn: int) -> tuple[float, float]:
    """One opening of each, in turns first."""
    if turn % 2:
        return small.open_ms(), large.open_ms()
    late = large.open_ms()
    return small.open_ms(), late


def _page(port: int, path: str, cookie: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Language": "nl"})
    response = connection.getresponse()
    response.read()
    connection.close()
    if response.status != 200:
        raise RuntimeError(f"{path} answered {response.status}")


def _row(opening: Opening, name: str, pairs: list[tuple[float, float]]) -> Row:
    size = max(1, len(pairs) // _PARTS)
    parts = [_ratio(pairs[at : at + size]) for at in range(0, len(pairs), size)]
    ratio = _ratio(pairs)
    values = {
        "ratio": ratio,
        "small_ms": median(small for small, _ in pairs),
        "large_ms": median(large for _, large in pairs),
    }
    return Row(
        "opening",
        f"opening a room: {opening.large:,} messages against {opening.small:,}",
        name,
        "ratio",
        values,
        spread_of(parts),
        goal=opening.goal,
        compared=ratio,
        rounds=[{"small_ms": small, "large_ms": large} for small, large in pairs],
    )


def _ratio(pairs: list[tuple[float, float]]) -> float:
    return median(large for _, large in pairs) / median(small for small, _ in pairs)
