"""What can be answered to a poll, and how answers are counted. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from deliberation.kernel.refusals import Refused, gettext_noop

STEPS = 5  # of the scale from "agree completely" to "don't agree at all"
FEWEST, MOST = 2, 6  # options: what can be read from the back row


class Kind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    RANKING = "ranking"
    SCALE = "scale"


def places(kind: Kind, options: Sequence[str]) -> int:
    """How many numbers the result has: one for each option, or each step of the scale."""
    return STEPS if kind == Kind.SCALE else len(options)


def checked(kind: Kind, size: int, choice: Sequence[int]) -> list[int]:
    """An answer as it is kept: places of options from 0; a ranking has all, the best first.

    Nothing chosen takes an answer back. Raises Refused.
    """
    inside = all(place in range(size) for place in choice) and len(set(choice)) == len(choice)
    if kind == Kind.RANKING:
        fits = len(choice) in (0, size)
    else:
        fits = kind == Kind.MULTIPLE or len(choice) <= 1
    if not (inside and fits):
        raise Refused("bad_choice", gettext_noop("Choose from what is there. Then send it again."))
    return list(choice) if kind == Kind.RANKING else sorted(choice)


def counted(kind: Kind, size: int, choices: Sequence[Sequence[int]]) -> list[int]:
    """For each place how many people chose it. Of a ranking: points, for the first of n places
    n - 1 and for the last none (Borda)."""
    counts = [0] * size
    for choice in choices:
        for nth, place in enumerate(choice):
            counts[place] += size - 1 - nth if kind == Kind.RANKING else 1
    return counts
