"""A hall that votes: every vote is counted once, and a screen shows it soon after."""

import json
import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from .contenders import ROOM, STARTERS, Contender, deliberation
from .crowds import Passed, Say, connected
from .load.connect import connect_all
from .load.framing import client_frame, read_text
from .rows import Row
from .scenarios import Voting

OPTIONS = 4
_WAIT = 15.0  # seconds for what should come within one


def run_voting(voting: Voting, name: str, folder: Path, *, say: Say, passed: Passed) -> list[Row]:
    """One row: the longest that a vote was not yet in the result on the screen."""
    with STARTERS[name](folder) as contender:
        poll = _open_poll(contender)
        say(f"voting: {name} gets {voting.phones:,} phones")
        with connected(contender, voting.phones) as phones:
            (seen,) = connect_all(contender.port, contender.wire, [""])
            screen = _Screen(seen, poll)
            screen.start()
            say(f"voting: {name}")
            votes = _votes(voting)
            sent = _sent(phones, poll, votes, passed)
            refused = sum(_refusals(phone, _times(votes, n)) for n, phone in enumerate(phones))
            expected = _counts(votes)
            shown = screen.shows(expected)
            seen.close()
    flaws = [] if shown else [f"the screen shows {screen.last}, not {expected}"]
    flaws += [f"{refused} votes refused"] * bool(refused)
    return [_row(voting, name, _behind(sent, screen), ", ".join(flaws))]


@dataclass(frozen=True)
class _Vote:
    due: float  # seconds after the first
    phone: int
    choice: int
    first: bool


def _votes(voting: Voting) -> list[_Vote]:
    """Each phone votes once, spread over the time; some change their vote a moment later."""
    step = voting.seconds / (voting.phones + voting.changed)
    first = [_Vote(n * step, n, n % OPTIONS, first=True) for n in range(voting.phones)]
    changed = [
        _Vote((voting.phones + n) * step, n, (n + 1) % OPTIONS, first=False)
        for n in range(voting.changed)
    ]
    return first + changed


def _times(votes: list[_Vote], phone: int) -> int:
    """How often this phone votes."""
    return sum(vote.phone == phone for vote in votes)


def _counts(votes: list[_Vote]) -> list[int]:
    """What the result has to be: the last vote of each phone."""
    last = {vote.phone: vote.choice for vote in votes}
    chosen = list(last.values())
    return [chosen.count(option) for option in range(OPTIONS)]


@dataclass
class _Screen(threading.Thread):
    """Reads along, and remembers when it saw how many votes."""

    sock: socket.socket
    poll: int
    last: list[int] = field(default_factory=list)
    seen: list[tuple[float, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self._news = threading.Condition()

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        self.sock.settimeout(None)  # it looks as long as the voting takes
        try:
            while True:
                frame = json.loads(read_text(self.sock))
                if frame["type"] == "poll" and frame["poll"] == self.poll:
                    with self._news:
                        self.seen.append((time.perf_counter(), frame["voters"]))
                        self.last = frame["counts"]
                        self._news.notify_all()
        except OSError:
            return  # closed: the voting is over

    def shows(self, counts: list[int]) -> bool:
        """Whether this is the result on the screen, at last."""
        with self._news:
            return self._news.wait_for(lambda: self.last == counts, timeout=_WAIT)


def _sent(
    phones: list[socket.socket], poll: int, votes: list[_Vote], passed: Passed
) -> list[float]:
    """Send each vote when it is due; when the first vote of each phone went out."""
    began, times, told = time.perf_counter(), [], 0.0
    for vote in votes:
        time.sleep(max(0.0, began + vote.due - time.perf_counter()))
        frame = {"type": "poll.vote", "ref": str(uuid4()), "poll": poll, "choice": [vote.choice]}
        if vote.first:
            times.append(time.perf_counter())
        phones[vote.phone].sendall(client_frame(json.dumps(frame)))
        passed(vote.due - told)
        told = vote.due
    return times


def _refusals(phone: socket.socket, votes: int) -> int:
    """Read what a phone was told until each of its votes was answered; how many were refused."""
    phone.settimeout(_WAIT)
    answers: list[str] = []
    while len(answers) < votes:
        kind = json.loads(read_text(phone))["type"]
        answers += [kind] * (kind in ("ack", "nack"))
    return answers.count("nack")


def _behind(sent: list[float], screen: _Screen) -> float:
    """Milliseconds, at most, between a vote and the result that has it."""
    worst, at = 0.0, 0
    for number, when in enumerate(sent, 1):
        while at < len(screen.seen) and screen.seen[at][1] < number:
            at += 1
        shown = screen.seen[at][0] if at < len(screen.seen) else float("inf")
        worst = max(worst, shown - when)
    return worst * 1000


def _open_poll(contender: Contender) -> int:
    words = ["bench", "poll", "--room", ROOM, "--options", str(OPTIONS)]
    return int(deliberation(contender.environment or {}, *words).split()[-1])


def _row(voting: Voting, name: str, behind: float, flaws: str) -> Row:
    title = f"{voting.phones:,} phones vote in {voting.seconds:g} s"
    return Row(
        "voting",
        title,
        name,
        "behind_ms",
        {"behind_ms": behind},
        (behind, behind),
        goal=voting.goal,
        compared=behind,
        flaws=flaws,
        rounds=[{"behind_ms": behind}],
    )
