"""How sure one may be of a share, so that few votes don't shout. Formulas are those of Polis."""

from dataclasses import dataclass

import numpy as np

from .stances import Floats, Ints


@dataclass(frozen=True)
class Tally:
    """Per statement: people who agree, who disagree, and who took any stance."""

    agree: Ints
    disagree: Ints
    seen: Ints

    @classmethod
    def of(cls, values: Floats) -> "Tally":
        """`values`: people × statements."""
        return cls(
            np.asarray((values == 1).sum(axis=0), np.int64),
            np.asarray((values == -1).sum(axis=0), np.int64),
            np.asarray((~np.isnan(values)).sum(axis=0), np.int64),
        )


def share(count: Ints, seen: Ints) -> Floats:
    """0 … 1, as if two more had looked and one of them agreed: one half without votes."""
    return np.asarray((count + 1) / (seen + 2))


def more_than_half(count: Ints, seen: Ints) -> Floats:
    """z: how far a share is above one half (a test of a proportion)."""
    return np.asarray(2 * np.sqrt(seen + 1) * ((count + 1) / (seen + 1) - 0.5))


def more_than_there(here: Ints, seen_here: Ints, there: Ints, seen_there: Ints) -> Floats:
    """z: how far a share is above that of others (a test of two proportions)."""
    count, count_there, seen, others = here + 1, there + 1, seen_here + 1, seen_there + 1
    pooled = (count + count_there) / (seen + others)
    wide = np.sqrt(np.maximum(pooled * (1 - pooled) * (1 / seen + 1 / others), 0))
    apart = count / seen - count_there / others
    return np.asarray(np.where(wide > 0, apart / np.where(wide > 0, wide, 1), 0.0))
