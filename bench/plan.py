"""Which scenarios run on which servers, and in what order."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from .contenders import STARTERS
from .crowds import Passed, Say, run_crowd
from .idle import SETTLE, run_idle
from .opening import PAIR_SECONDS, run_opening
from .rows import Row
from .scenarios import CROWDS, Crowd, Idle, Opening, Voting
from .voting import run_voting

_Asked = TypeVar("_Asked", Idle, Opening, Voting, contravariant=True)


class Alone(Protocol[_Asked]):
    """A scenario that starts a server for itself."""

    __name__: str

    def __call__(
        self, asked: _Asked, name: str, folder: Path, /, *, say: Say, passed: Passed
    ) -> list[Row]: ...


@dataclass(frozen=True)
class Plan:
    """A run, before it starts. What was not asked for is None."""

    crowds: tuple[Crowd, ...]
    idle: Idle | None
    opening: Opening | None
    voting: Voting | None

    def seconds(self) -> float:
        """What the measuring itself takes; starting, filling and connecting come on top."""
        idle, opening = self.idle, self.opening
        listening = len(idle.servers) * (idle.seconds + SETTLE) if idle else 0.0
        pairs = len(opening.servers) * opening.pairs * PAIR_SECONDS if opening else 0.0
        votes = len(self.voting.servers) * self.voting.seconds if self.voting else 0.0
        return sum(crowd.seconds() for crowd in self.crowds) + listening + pairs + votes

    def run(self, folder: Path, *, say: Say, passed: Passed) -> list[Row]:
        """All rows, in the order of the table."""
        rows = self._crowded(folder, say, passed)
        if self.idle:
            rows += self._each(run_idle, self.idle, folder, say, passed)
        if self.opening:
            rows += self._each(run_opening, self.opening, folder, say, passed)
        if self.voting:
            rows += self._each(run_voting, self.voting, folder, say, passed)
        return rows

    def _each(
        self, run: Alone[_Asked], asked: _Asked, folder: Path, say: Say, passed: Passed
    ) -> list[Row]:
        """Server after server, each fresh; rows about the same figure together."""
        rows = []
        for name in asked.servers:
            where = _new(folder, f"{run.__name__} {name}")
            rows += run(asked, name, where, say=say, passed=passed)
        return sorted(rows, key=lambda row: row.figure, reverse=True)

    def _crowded(self, folder: Path, say: Say, passed: Passed) -> list[Row]:
        with ExitStack() as stack:
            running = {}
            for name in dict.fromkeys(name for crowd in self.crowds for name in crowd.servers):
                say(f"starting {name}")
                running[name] = stack.enter_context(STARTERS[name](_new(folder, name)))
                running[name].pause()
            return [
                row
                for crowd in self.crowds
                for row in run_crowd(crowd, running, say=say, passed=passed)
            ]


def planned(names: Sequence[str], servers: Sequence[str], *, quick: bool) -> Plan:
    """The scenarios called `names`, on those of `servers` that take part in each."""

    def among(wanted: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in wanted if name in servers)

    crowds = [
        replace(crowd.quick() if quick else crowd, servers=among(crowd.servers))
        for crowd in CROWDS
        if crowd.name in names
    ]
    idle = Idle(connections=2_000) if quick else Idle()
    opening = Opening(large=20_000, pairs=40) if quick else Opening()
    voting = Voting(phones=200, changed=60) if quick else Voting()
    return Plan(
        tuple(crowd for crowd in crowds if crowd.servers),
        replace(idle, servers=among(idle.servers)) if "idle" in names else None,
        replace(opening, servers=among(opening.servers)) if "opening" in names else None,
        replace(voting, servers=among(voting.servers)) if "voting" in names else None,
    )


def _new(folder: Path, name: str) -> Path:
    made = folder / name.replace(",", "").replace(" ", "-")
    made.mkdir(mode=0o755)
    return made
