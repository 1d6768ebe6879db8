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


def groupings(places: Floats, taken: Ints, parameters: OpinionParameters) -> list[Grouping]:
    """One for each number of groups, from two. `places`: people × 2; `taken`: their stances.

    Who took more stances is placed more surely, and weighs more in where the middle of a group
    lies. In which group a person is only depends on which middle is nearest.
    """
    distinct = len(np.unique(places, axis=0))
    if distinct <= 2:
        return []
    surely = taken.astype(float)
    base = _means(places, surely, min(parameters.bases, distinct))
    centres = np.round(base.cluster_centers_, _ROUNDING)
    weights = np.bincount(base.labels_, surely).astype(float)
    most = min(parameters.most, 2 + len(centres) // _PER_BASE, len(centres) - 1)
    middles = (_means(centres, weights, size) for size in range(2, most + 1))
    return [_grouping(places, surely, centres, middle) for middle in middles]


def best(tried: Sequence[Grouping], fewest: int) -> Grouping | None:
    """Of those whose groups are all large enough, the one whose groups stand apart most."""
    fits = [one for one in tried if min(one.sizes) >= fewest]
    return max(fits, key=lambda one: (one.silhouette, -len(one.sizes)), default=None)


def _grouping(places: Floats, surely: Floats, centres: Floats, middle: KMeans) -> Grouping:
    """Groups of base clusters, then of the people themselves from where those came to lie."""
    start = np.round(middle.cluster_centers_, _ROUNDING)
    found = KMeans(len(start), init=start, n_init=1).fit(places, sample_weight=surely)
    labels = _in_order(found.labels_)
    silhouette = round(float(silhouette_score(centres, middle.labels_)), _ROUNDING)
    return Grouping(labels, silhouette, tuple(int(one) for one in np.bincount(labels)))


def _means(points: Floats, weights: Floats, size: int) -> KMeans:
    return KMeans(size, n_init=_STARTS, random_state=0).fit(points, sample_weight=weights)


def _in_order(labels: Ints) -> Ints:
    """Numbered by who comes first in them."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return np.asarray(rank[inverse])
