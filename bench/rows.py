"""A line of the table: what one server made of one scenario."""

from dataclasses import dataclass, field
from statistics import median
from typing import Any

from .scenarios import Goal


@dataclass
class Row:
    """`values` holds medians by figure; `spread` the least and the most of the main one."""

    scenario: str
    title: str
    server: str
    figure: str
    values: dict[str, float]
    spread: tuple[float, float]
    goal: Goal | None = None
    compared: float | None = None  # the value that the goal is about
    flaws: str = ""
    rounds: list[dict[str, Any]] = field(default_factory=list)

    @property
    def passed(self) -> bool | None:
        """None for a peer; a delivery that went wrong fails whatever the figures say."""
        if self.goal is None or self.compared is None:
            return None
        return self.goal.met(self.compared) and not self.flaws


def spread_of(figures: list[float]) -> tuple[float, float]:
    return min(figures), max(figures)


def compare(goal: Goal, mine: list[float], peer: list[float]) -> float:
    """The figure that a goal is about. Ratios are taken round by round, since a noisy machine
    slows neighbours in time alike; the median ratio counts."""
    if not goal.against:
        return median(mine)
    return median(own / other for own, other in zip(mine, peer, strict=True))
