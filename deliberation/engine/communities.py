"""Which messages speak of the same: communities among nearest neighbours (Louvain's method)."""

import random
from collections.abc import Generator, Iterable

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .likeness import Table

Labels = NDArray[np.int64]
_AT_ONCE = 500  # nodes that are moved: about ten milliseconds
_PASSES = 20
_LEAST_GAIN = 1e-9


def neighbours(table: Table, count: int) -> sp.csr_matrix:
    """Edges to the nearest; where two choose each other, it counts double."""
    size = len(table)
    found = np.maximum(table, 0)
    np.fill_diagonal(found, 0)
    near = np.argpartition(-found, count - 1, axis=1)[:, :count]
    rows = np.repeat(np.arange(size), near.shape[1])
    values = found[rows, near.ravel()].astype(np.float64)
    edges = sp.csr_matrix((values, (rows, near.ravel())), shape=found.shape)
    edges.eliminate_zeros()
    return (edges + edges.T).tocsr()


def communities(edges: sp.csr_matrix, resolution: float) -> Generator[float, None, Labels]:
    """A number for each node, in pieces: nodes move while that makes the communities denser, then
    communities do, until nothing moves; at last each node once more."""
    labels, level = np.arange(edges.shape[0]), edges
    while True:
        moved = yield from _Moves(level, resolution).labels()
        found, moved = np.unique(moved, return_inverse=True)
        labels = moved[labels]
        if len(found) == level.shape[0]:
            break
        inside = (np.ones(len(moved)), (np.arange(len(moved)), moved))
        members = sp.csr_matrix(inside, shape=(len(moved), len(found)))
        level = (members.T @ level @ members).tocsr()
    last = yield from _Moves(edges, resolution, labels).labels()
    return np.unique(last, return_inverse=True)[1]


class _Moves:
    """Nodes that join the community of a neighbour when that gains most."""

    def __init__(
        self, edges: sp.csr_matrix, resolution: float, start: Labels | None = None
    ) -> None:
        self._starts, self._others = edges.indptr.tolist(), edges.indices.tolist()
        self._weights = edges.data.tolist()
        self._degrees: list[float] = np.asarray(edges.sum(axis=1)).ravel().tolist()
        self._share = resolution / (sum(self._degrees) or 1.0)
        count = edges.shape[0]
        self._of: list[int] = [*range(count)] if start is None else start.tolist()
        self._totals = [0.0] * count
        for node, community in enumerate(self._of):
            self._totals[community] += self._degrees[node]

    def labels(self) -> Generator[float, None, Labels]:
        order = [*range(len(self._of))]
        random.Random(0).shuffle(order)
        todo = order
        for _ in range(_PASSES):
            changed: set[int] = set()
            for start in range(0, len(todo), _AT_ONCE):
                self._move(todo[start : start + _AT_ONCE], changed)
                yield min(1.0, len(todo) / _AT_ONCE)
            if not changed:
                break
            todo = [node for node in order if node in changed]
        return np.array(self._of, np.int64)

    def _move(self, nodes: Iterable[int], changed: set[int]) -> None:
        for node in nodes:
            others = self._others[self._starts[node] : self._starts[node + 1]]
            before = self._of[node]
            after = self._best(node)
            if after != before:
                self._of[node] = after
                changed.update(one for one in others if self._of[one] != after)

    def _best(self, node: int) -> int:
        """The community that gains most from this node, its own when none gains more."""
        of, totals, own = self._of, self._totals, self._of[node]
        gains: dict[int, float] = {own: 0.0}
        for edge in range(self._starts[node], self._starts[node + 1]):
            other = self._others[edge]
            if other != node:
                gains[of[other]] = gains.get(of[other], 0.0) + self._weights[edge]
        totals[own] -= self._degrees[node]
        cost = self._share * self._degrees[node]
        best, most = own, gains[own] - cost * totals[own]
        for community, weight in gains.items():
            gain = weight - cost * totals[community]
            if gain > most + _LEAST_GAIN:
                best, most = community, gain
        totals[best] += self._degrees[node]
        return best
