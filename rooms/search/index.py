"""What the two kinds of index have in common."""

from dataclasses import dataclass, field

TABLE = "rooms_search"


@dataclass(frozen=True)
class Matching:
    """Conditions on `rooms_message` with the index, and how well a row fits (more is better).

    Words that people typed are in the parameters only.
    """

    where: list[str]
    params: list[str]
    rank: str
    rank_params: list[str] = field(default_factory=list)
