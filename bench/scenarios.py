"""What is measured, against whom, and the goal of each: data only."""

from dataclasses import dataclass, replace

from .load.measure import Load

CHANNELS, SOCKETIO = "Channels chat", "socket.io"
SQLITE, POSTGRESQL = "ours, SQLite", "ours, PostgreSQL"
OURS = (SQLITE, POSTGRESQL)


@dataclass(frozen=True)
class Goal:
    """A bound on one figure, or on its ratio to the same figure of a peer in the same round."""

    figure: str
    limit: float
    against: str = ""
    at_most: bool = False

    def met(self, value: float) -> bool:
        return value <= self.limit if self.at_most else value >= self.limit

    def __str__(self) -> str:
        sign, names = "≤" if self.at_most else "≥", UNITS[self.figure]
        if self.against:
            return f"{sign} {self.limit:g} × {self.against}"
        return f"{sign} {self.limit:g} {names}"


UNITS = {
    "deliveries_per_second": "deliveries/s",
    "p50_ms": "ms median",
    "p99_ms": "ms p99",
    "kb_each": "kB each",
    "cores": "of a core",
    "ratio": "× a small room",
    "behind_ms": "ms behind",
}


@dataclass(frozen=True)
class Ask:
    """One load on a crowd, and what ours must reach under it."""

    title: str
    load: Load
    goal: Goal


@dataclass(frozen=True)
class Crowd:
    """Readers of one room who stay connected for several loads in a row."""

    name: str
    readers: int
    servers: tuple[str, ...]
    asks: tuple[Ask, ...]
    rounds: int

    def seconds(self) -> float:
        """How long all its loads take together, connecting not included."""
        each = sum(ask.load.warm_up + ask.load.window for ask in self.asks)
        return each * len(self.servers) * self.rounds

    def quick(self) -> "Crowd":
        """The same with shorter windows and fewer rounds."""
        asks = tuple(replace(ask, load=_shorter(ask.load)) for ask in self.asks)
        return replace(self, asks=asks, rounds=min(self.rounds, 2))


CROWDS = (
    Crowd(
        "crowd",
        1000,
        (SOCKETIO, *OURS),
        (
            Ask("32 in flight", Load(32), Goal("deliveries_per_second", 5, SOCKETIO)),
            Ask("4 in flight", Load(4), Goal("deliveries_per_second", 2, SOCKETIO)),
            Ask("1 in flight", Load(1), Goal("p50_ms", 1.5, SOCKETIO, at_most=True)),
        ),
        rounds=5,
    ),
    Crowd(
        "channels",
        200,
        (CHANNELS, *OURS),
        (Ask("4 in flight", Load(4), Goal("deliveries_per_second", 20, CHANNELS)),),
        rounds=5,
    ),
    Crowd(
        "steady",
        1000,
        (SOCKETIO, *OURS),
        (
            Ask(
                "50 messages/s",
                Load(rate=50.0, window=60.0),
                Goal("p99_ms", 100, at_most=True),
            ),
        ),
        rounds=1,
    ),
)


@dataclass(frozen=True)
class Idle:
    """Many connections that only listen."""

    connections: int = 10_000
    seconds: float = 30.0
    servers: tuple[str, ...] = (SOCKETIO, *OURS)
    memory: Goal = Goal("kb_each", 60, at_most=True)
    processor: Goal = Goal("cores", 0.10, at_most=True)


@dataclass(frozen=True)
class Opening:
    """Opening a room with a long past, compared with one with a short past."""

    small: int = 1_000
    large: int = 100_000
    pairs: int = 150
    servers: tuple[str, ...] = OURS
    goal: Goal = Goal("ratio", 1.2, at_most=True)


@dataclass(frozen=True)
class Voting:
    """A poll in a full hall; `changed` of the phones vote once more."""

    phones: int = 1_000
    changed: int = 300
    seconds: float = 10.0
    servers: tuple[str, ...] = OURS
    goal: Goal = Goal("behind_ms", 1000, at_most=True)


NAMES = (*(crowd.name for crowd in CROWDS), "idle", "opening", "voting")


def _shorter(load: Load) -> Load:
    return replace(load, warm_up=1.0, window=10.0 if load.rate else 2.5)
