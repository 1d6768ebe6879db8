"""Presence as a lease: each process says how many are with it, and is forgotten when silent.

Pure: time comes in through `clock`. Counts only; who is there is nobody's business.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

LEASE = 40.0  # seconds another process's figures count; it renews them every 15
TYPING = 6.0  # seconds a sign of typing lasts


@dataclass
class _Other:
    count: int
    typing: dict[int, int]
    at: float


@dataclass
class Lease:
    """Who is in one room, over all processes. `clock` gives steady seconds."""

    clock: Callable[[], float]
    here: int = 0
    _writers: dict[int, dict[int, float]] = field(default_factory=dict)
    _others: dict[str, _Other] = field(default_factory=dict)

    def type(self, thread: int, person: int) -> None:
        """Someone here writes in a thread; it lasts `TYPING` seconds."""
        self._writers.setdefault(thread, {})[person] = self.clock() + TYPING

    def stop(self, thread: int, person: int) -> bool:
        """Someone here sent what they wrote. True if they were known to be writing."""
        return self._writers.get(thread, {}).pop(person, None) is not None

    def typing_here(self) -> dict[int, int]:
        """How many write in each thread in this process."""
        now = self.clock()
        self._writers = {
            thread: left
            for thread, people in self._writers.items()
            if (left := {person: until for person, until in people.items() if until > now})
        }
        return {thread: len(people) for thread, people in self._writers.items()}

    def renew(self, process: str, count: int, typing: dict[int, int]) -> None:
        """Another process's figures."""
        self._others[process] = _Other(count, typing, self.clock())

    def count(self) -> int:
        """Screens in the room now."""
        return self.here + sum(other.count for other in self._alive(LEASE))

    def typing(self) -> dict[int, int]:
        """How many write in each thread, over all processes."""
        total = self.typing_here()
        for other in self._alive(TYPING):
            for thread, count in other.typing.items():
                total[thread] = total.get(thread, 0) + count
        return total

    def _alive(self, seconds: float) -> list[_Other]:
        """Who was heard of in the last so many seconds; who is silent for long is forgotten."""
        now = self.clock()
        self._others = {name: o for name, o in self._others.items() if now - o.at < LEASE}
        return [other for other in self._others.values() if now - other.at < seconds]
