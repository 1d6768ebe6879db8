"""How many messages were held back, and how each of those holds ended. No names, no words."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from moderation.models import Act, Decision


class End(StrEnum):
    """By a person who found nothing wrong, by a person who hid it, or by the clock. `OPEN`: it
    still waits, or its writer took it back."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    BY_ITSELF = "by_itself"
    OPEN = "open"


@dataclass
class Hold:
    """`begun`: the decision that it began with."""

    begun: Decision
    end: End = End.OPEN


class Holds:
    """Follows decisions in the order in which they were made."""

    def __init__(self) -> None:
        self.every: list[Hold] = []
        self._last: dict[int | None, Hold] = {}

    def follow(self, decision: Decision) -> None:
        known = self._last.get(decision.message_id)
        if decision.act == Act.HOLD and decision.undoes_id is None:
            self._last[decision.message_id] = hold = Hold(decision)
            self.every.append(hold)
        elif known is not None and decision.act == Act.HOLD:
            known.end = End.OPEN  # a slip of the hand was undone
        elif known is not None and known.end == End.OPEN:
            known.end = _end(decision)


def ended(holds: Iterable[Hold], end: End) -> int:
    return sum(hold.end == end for hold in holds)


def _end(decision: Decision) -> End:
    if decision.act == Act.RESTORE:
        return End.BY_ITSELF if decision.automatic else End.SHOWN
    return End.HIDDEN if decision.act == Act.HIDE else End.OPEN
