"""Statements that tell: what every group shares, what divides them, what is typical of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .parameters import OpinionParameters
from .significance import Tally, more_than_half, more_than_there, share
from .stances import Floats

Side = Literal["agree", "disagree"]
_ROUNDING = 6


@dataclass(frozen=True)
class Telling:
    """A statement (its column) with what it was chosen on.

    `share`: of the group, or of all, that takes this side; `times`: as large as elsewhere.
    `z`: how sure it is that more than half do; `z_more`: that more do than elsewhere.
    """

    statement: int
    side: Side
    share: float
    z: float
    times: float = 1.0
    z_more: float = 0.0

    @property
    def weight(self) -> float:
        """What Polis sorts by."""
        return round(self.times * (self.z_more or 1.0) * self.share * self.z, _ROUNDING)


def shared(whole: Tally, groups: Sequence[Tally], by: OpinionParameters) -> list[Telling]:
    """More than half of every group takes this side, and all together surely do; surest first."""
    found = []
    sides: tuple[Side, ...] = ("agree", "disagree")
    for side in sides:
        count = getattr(whole, side)
        part, sure = share(count, whole.seen), more_than_half(count, whole.seen)
        least = np.min([share(getattr(one, side), one.seen) for one in groups], axis=0)
        chosen = (least > 0.5) & (sure > by.likely)
        these = [Telling(int(n), side, *_pair(part[n], sure[n])) for n in np.flatnonzero(chosen)]
        found += sorted(these, key=_first)[: by.shown]
    return found


def typical(here: Tally, there: Tally, by: OpinionParameters) -> list[Telling]:
    """What sets a group apart from everyone else; what it agrees with first.

    Whenever something it agrees with sets it apart, the strongest of these is among them.
    """
    agreed, rejected = _side(here, there, "agree"), _side(here, there, "disagree")
    chosen = [
        yes if yes.z_more > no.z_more else no for yes, no in zip(agreed, rejected, strict=True)
    ]
    sure = [one for one in chosen if min(one.z, one.z_more) > by.likely]
    found = sorted(sure, key=_first)
    kept = found[: by.shown]
    agreeing = [one for one in found if one.side == "agree"]
    if kept and agreeing and agreeing[0] not in kept:
        kept[-1] = agreeing[0]
    return sorted(kept, key=lambda one: one.side != "agree")


def dividing(groups: Sequence[Tally], by: OpinionParameters) -> list[int]:
    """Statements on which some group agrees surely more than another; furthest apart first."""
    shares = np.array([share(one.agree, one.seen) for one in groups])
    low, high = shares.argmin(axis=0), shares.argmax(axis=0)
    apart = np.round(shares.max(axis=0) - shares.min(axis=0), _ROUNDING)
    sure = np.array(
        [_surely(groups[high[n]], groups[low[n]], n) for n in range(shares.shape[1])], float
    )
    chosen = [int(n) for n in np.flatnonzero(sure > by.likely)]
    return sorted(chosen, key=lambda n: (-apart[n], n))[: by.shown]


def _surely(high: Tally, low: Tally, column: int) -> float:
    one = slice(column, column + 1)
    return float(more_than_there(high.agree[one], high.seen[one], low.agree[one], low.seen[one])[0])


def _side(here: Tally, there: Tally, side: Side) -> list[Telling]:
    count, other = getattr(here, side), getattr(there, side)
    part, sure = share(count, here.seen), more_than_half(count, here.seen)
    times = part / share(other, there.seen)
    more = more_than_there(count, here.seen, other, there.seen)
    return [
        Telling(n, side, *_pair(part[n], sure[n]), *_pair(times[n], more[n]))
        for n in range(len(part))
    ]


def _pair(first: Floats, second: Floats) -> tuple[float, float]:
    return round(float(first), _ROUNDING), round(float(second), _ROUNDING)


def _first(one: Telling) -> tuple[float, int]:
    return -one.weight, one.statement
