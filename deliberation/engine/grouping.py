"""Which messages speak of the same: groups that are joined while they are enough alike."""

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from .features import Floats

Labels = NDArray[np.int64]
_ROUNDING = 6


def grouped(places: Floats, *, alike: float) -> Labels:
    """A number for each row: average linkage, up to the last join above `alike`."""
    if len(places) < 2:
        return np.zeros(len(places), np.int64)
    apart = 1 - np.round(places @ places.T, _ROUNDING)
    np.clip(apart, 0, 2, out=apart)
    np.fill_diagonal(apart, 0)
    apart[~places.any(axis=1)] = 1  # what says nothing is like nothing
    apart[:, ~places.any(axis=1)] = 1
    np.fill_diagonal(apart, 0)
    joins = linkage(squareform(apart, checks=False), "average")
    return np.asarray(fcluster(joins, 1 - alike, "distance"), np.int64) - 1


def fit(places: Floats, sums: Floats, sizes: Floats) -> Floats:
    """Rows × groups: how alike a message is, on average, to the messages of a group."""
    return np.asarray(np.round(places @ sums.T / np.maximum(sizes, 1), _ROUNDING))


def sums_of(places: Floats, labels: Labels, groups: int) -> tuple[Floats, Floats]:
    """The sum of the places of each group (label -1: in none), and their number."""
    sums = np.zeros((groups, places.shape[1]))
    inside = labels >= 0
    np.add.at(sums, labels[inside], places[inside])
    return sums, np.bincount(labels[inside], minlength=groups).astype(np.float64)
