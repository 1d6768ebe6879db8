"""Who stands together: small clusters first, then two to five groups of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

from .parameters import OpinionParameters
from .stances import Floats, Ints

_STARTS = 10
_ROUNDING = 9
_PER_BASE = 12  # base clusters from which one group more is thought possible, as Polis has it


@dataclass(frozen=True)
class Grouping:
    """`labels`: the group of each person, from 0; the group of the first person is 0.

    `silhouette`: -1 … 1, of the base clusters. `sizes`: people in each group.
    """

    labels: Ints
    silhouette: float
    sizes: tuple[int, ...]


def groupings(places: Floats, parameters: OpinionParameters) -> list[Grouping]:
    """One for each number of groups, from two. `places`: people × 2."""
    distinct = len(np.unique(places, axis=0))
    if distinct <= 2:
        return []
    base = _means(places, min(parameters.bases, distinct), None)
    weights = np.bincount(base.labels_).astype(float)
    centres = np.round(base.cluster_centers_, _ROUNDING)
    most = min(parameters.most, 2 + len(centres) // _PER_BASE, len(centres) - 1)
    return [_grouping(centres, weights, base.labels_, size) for size in range(2, most + 1)]


def best(tried: Sequence[Grouping], fewest: int) -> Grouping | None:
    """Of those whose groups are all large enough, the one whose groups stand apart most."""
    fits = [one for one in tried if min(one.sizes) >= fewest]
    return max(fits, key=lambda one: (one.silhouette, -len(one.sizes)), default=None)


def _grouping(centres: Floats, weights: Floats, base_of: Ints, size: int) -> Grouping:
    found = _means(centres, size, weights).labels_
    labels = _in_order(found[base_of])
    silhouette = round(float(silhouette_score(centres, found)), _ROUNDING)
    sizes = tuple(int(one) for one in np.bincount(labels))
    return Grouping(labels, silhouette, sizes)


def _means(points: Floats, size: int, weights: Floats | None) -> KMeans:
    return KMeans(size, n_init=_STARTS, random_state=0).fit(points, sample_weight=weights)


def _in_order(labels: Ints) -> Ints:
    """Numbered by who comes first in them."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return np.asarray(rank[inverse])
