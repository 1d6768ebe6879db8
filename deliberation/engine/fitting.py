"""How well a message fits a group: how alike it is, on average, to those in it."""

import numpy as np

from .communities import Labels
from .features import Floats
from .likeness import Table

NOWHERE = -1
_ROUNDING = 6


class Groups:
    """Labels of those that were learned from, `NOWHERE` for none, ready to be compared with."""

    def __init__(self, labels: Labels, count: int) -> None:
        inside = np.flatnonzero(labels != NOWHERE)
        self._order = inside[np.argsort(labels[inside], kind="stable")]
        self.labels = labels
        self.sizes = np.bincount(labels[inside], minlength=count)
        self._some = np.flatnonzero(self.sizes)
        ends = np.cumsum(self.sizes)
        self._starts = (ends - self.sizes)[self._some]

    def fit(self, table: Table) -> Floats:
        """Rows × groups, for rows that are no part of any."""
        return np.round(self._sums(table) / np.maximum(self.sizes, 1), _ROUNDING)

    def own_fit(self, table: Table) -> Floats:
        """Rows × groups, for those that were learned from; nobody is compared with itself."""
        sums = self._sums(table)
        inside = np.flatnonzero(self.labels != NOWHERE)
        sums[inside, self.labels[inside]] -= table[inside, inside]
        sizes = np.repeat(self.sizes[None], len(table), axis=0)
        sizes[inside, self.labels[inside]] -= 1
        return np.round(sums / np.maximum(sizes, 1), _ROUNDING)

    def _sums(self, table: Table) -> Floats:
        found = np.zeros((len(table), len(self.sizes)))
        if len(self._some):
            sums = np.add.reduceat(table[:, self._order], self._starts, axis=1)
            found[:, self._some] = sums
        return found
