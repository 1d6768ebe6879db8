"""A new look at everything may not reshuffle what was there: groups keep their ids and members."""

from itertools import count

import numpy as np
from numpy.typing import NDArray

from .communities import Labels
from .features import Floats
from .fitting import NOWHERE, Groups
from .likeness import Table

Ids = NDArray[np.int64]


def remembered(fresh: Labels, before: Ids, table: Table, *, loyal: float, next_id: int) -> Ids:
    """The id of the group of each row after a new look; `NOWHERE` for none.

    `fresh`: the groups found now; `before`: the id each row had; `table`: how alike rows are. A
    group takes the id of the one it shares most rows with. Who would move for that stays, unless
    the new group fits `loyal` times better than the one it had.
    """
    found = _inherited(fresh, before, next_id)[fresh]
    known, now = np.unique(np.concatenate([found, before]), return_inverse=True)
    now, then = now[: len(found)], now[len(found) :]
    row = np.arange(len(found))
    fits = own_fits(table, now, known)
    stays = np.maximum(fits[row, then], own_fits(table, then, known)[row, then])
    faithful = (before != NOWHERE) & (fits[row, now] < loyal * stays)
    return np.where(faithful, before, found)


def own_fits(table: Table, labels: Labels, known: Ids) -> Floats:
    """Rows × ids; nothing fits `NOWHERE`. `labels`: places in `known`."""
    fits = Groups(labels, len(known)).own_fit(table)
    fits[:, known == NOWHERE] = 0
    return fits


def _inherited(fresh: Labels, before: Ids, next_id: int) -> Ids:
    """The id of each fresh group, `NOWHERE` at the end for rows that are in none.

    Each old id is inherited once, by whom it shares most with.
    """
    groups = int(fresh.max(initial=NOWHERE)) + 1
    both = (fresh != NOWHERE) & (before != NOWHERE)
    pairs, shared = np.unique(np.stack([fresh, before])[:, both], axis=1, return_counts=True)
    ids: dict[int, int] = {}
    taken: set[int] = set()
    for pair in np.lexsort((pairs[1], pairs[0], -shared)):
        label, old = int(pairs[0, pair]), int(pairs[1, pair])
        if label not in ids and old not in taken:
            ids[label] = old
            taken.add(old)
    new = count(next_id)
    named = [ids[label] if label in ids else next(new) for label in range(groups)]
    return np.array([*named, NOWHERE], np.int64)
