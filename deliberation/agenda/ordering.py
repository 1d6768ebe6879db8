"""The published order of an agenda: breadth × agreement across groups, never heat. Pure.

Breadth: distinct people behind a need. Agreement: the share who agree, in the group that agrees
least; one half where nobody has said anything. The same rule as the engine's own.
"""

from collections.abc import Iterable
from datetime import datetime

from deliberation.engine.counting import agreement
from deliberation.engine.shapes import Opinion


def weight(people: int, opinion: Opinion, by_group: Iterable[Opinion] = ()) -> float:
    """The higher, the earlier in the list."""
    return round(people * agreement(tuple(by_group) or (opinion,)), 6)


def place(weight: float, first: datetime | None, need: int) -> tuple[float, float, int]:
    """What to sort by: weight, then who waits longest, then the order in which they came."""
    return (-weight, first.timestamp() if first else 0.0, need)
