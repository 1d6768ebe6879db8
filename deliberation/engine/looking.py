"""A new look at everything there is, when there is enough that is new.

A look is made in pieces, some with each message that comes in, so that no message has to wait for
all of it; until it is finished the one before it holds.
"""

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .communities import Labels
from .describing import Exchanges
from .features import Features, Floats
from .fitting import NOWHERE, Groups
from .grouping import grouped
from .likeness import Likeness, Table, likeness
from .memory import Ids, own_fits, remembered
from .parameters import Parameters

_SPREAD = 2654435761  # Knuth's multiplier: the same exchanges for ever, spread over the log


@dataclass(frozen=True)
class Look:
    """What the last look found. `ids` of its groups; `least`: how well a newcomer has to fit."""

    likeness: Likeness
    ids: Ids
    groups: Groups
    least: Floats


@dataclass(frozen=True)
class Seen:
    """What a look looks at. `roots`: exchanges, `rows` those of each; `before`: their ids;
    `pinned`: the ids that people gave them, `NOWHERE` for none."""

    features: Features
    roots: list[int]
    rows: Exchanges
    before: Ids
    pinned: Ids
    next_id: int
    parameters: Parameters


@dataclass
class Looking:
    """A look that is being made. `stale`: exchanges in which something changed meanwhile."""

    seen: Seen
    stale: set[int] = field(default_factory=set)
    taken: int = 0
    _pieces: Generator[float, None, tuple[Look, Ids]] | None = None

    def go_on(self, work: float) -> tuple[Look, Ids] | None:
        """So much further; what was found, when it is finished."""
        try:
            while work > 0:
                work -= next(self._running())
                self.taken += 1
        except StopIteration as finished:
            found: tuple[Look, Ids] = finished.value
            return found
        return None

    def _running(self) -> Generator[float, None, tuple[Look, Ids]]:
        """What is kept or copied of a look begins again, and comes as far as it was."""
        if self._pieces is None:
            self._pieces = looked(self.seen)
            for _ in range(self.taken):
                next(self._pieces)
        return self._pieces

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_pieces": None}


def looked(seen: Seen) -> Generator[float, None, tuple[Look, Ids]]:
    """Learn anew what is alike, and find the groups; those that were there keep their ids."""
    parameters = seen.parameters
    learned = yield from likeness(seen.features, seen.rows, parameters)
    table = learned.table
    sizes = np.array([len(rows) for rows in seen.rows], np.int64)
    fresh = yield from grouped(table, parameters)
    fresh = _large(fresh, sizes, parameters.fewest)
    ids = remembered(
        fresh,
        seen.before,
        table,
        loyal=parameters.loyal,
        next_id=seen.next_id,
    )
    yield table.size / (1 << 17)
    ids = np.where(seen.pinned == NOWHERE, ids, seen.pinned)
    share = np.where(fresh == NOWHERE, parameters.newcomer, parameters.typical)
    share = np.where(ids == seen.before, parameters.typical / 2, share)  # who was in it, stays
    ids = np.where(seen.pinned == NOWHERE, _typical(ids, share, table), seen.pinned)
    yield table.size / (1 << 18)
    return _look(learned, ids, parameters), ids


def sample(roots: Labels, most: int) -> list[int]:
    """What a look learns from: all exchanges, or the newest and some of every age."""
    newest, older = roots[-(most // 2) :], roots[: -(most // 2)]
    if len(roots) > most:
        spread = np.argsort(older * _SPREAD % 2**32, kind="stable")[: most - len(newest)]
        roots = np.concatenate([older[np.sort(spread)], newest])
    return [int(root) for root in roots]


def _look(learned: Likeness, ids: Ids, parameters: Parameters) -> Look:
    known = np.unique(ids[ids != NOWHERE])
    labels = np.where(ids == NOWHERE, NOWHERE, np.searchsorted(known, ids))
    groups = Groups(labels, len(known))
    least = [
        parameters.newcomer * _median(learned.table, np.flatnonzero(labels == label))
        for label in range(len(known))
    ]
    return Look(learned, known, groups, np.array(least))


def _median(table: Table, members: Iterable[int]) -> float:
    """How well those in a group fit it."""
    inside = table[np.ix_([*members], [*members])].astype(np.float64)
    fits = (inside.sum(axis=1) - np.diag(inside)) / max(len(inside) - 1, 1)
    return float(np.round(np.median(fits), 6))


def _large(labels: Labels, sizes: Labels, fewest: int) -> Labels:
    """Groups of at least `fewest` messages, numbered anew; the others are none."""
    found, at = np.unique(labels, return_inverse=True)
    large = np.bincount(at, sizes, len(found)) >= fewest
    number = np.full(len(found), NOWHERE, np.int64)
    number[large] = np.arange(large.sum())
    return np.asarray(number[at], np.int64)


def _typical(ids: Ids, share: Floats, table: Table) -> Ids:
    """Without what fits its group badly. `share`: of the median that each has to fit."""
    known, labels = np.unique(ids, return_inverse=True)
    fits = own_fits(table, labels, known)[np.arange(len(ids)), labels]
    medians = np.array([np.median(fits[labels == label]) for label in range(len(known))])
    return np.where(fits >= share * medians[labels], ids, NOWHERE)
