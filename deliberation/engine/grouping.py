"""From communities to groups: what does not hang together is taken apart."""

from collections.abc import Generator, Iterator

import numpy as np

from .communities import Labels, communities, neighbours
from .features import Floats
from .likeness import Table
from .parameters import Parameters

_PIECE = 1 << 18  # numbers that are dealt with at once
_NEVER = -np.inf


def grouped(table: Table, parameters: Parameters) -> Generator[float, None, Labels]:
    """A number for each exchange, in pieces, each with what it cost."""
    size = len(table)
    if size < 2:
        return np.zeros(size, np.int64)
    edges = neighbours(table, parameters.near(parameters.neighbours, size))
    yield size**2 / _PIECE
    found = yield from communities(edges, parameters.resolution)
    least = _usual(table) + parameters.together
    labels, number = np.zeros(size, np.int64), 0
    for one in range(int(found.max()) + 1):
        members = np.flatnonzero(found == one)
        tree = yield from _joined(table[np.ix_(members, members)])
        for part in tree.coherent(least):
            labels[members[part]] = number
            number += 1
    return labels


def _usual(table: Table) -> float:
    """How alike any two are."""
    size = len(table)
    return float((table.sum(dtype=np.float64) - np.trace(table)) / (size * (size - 1)))


class _Tree:
    """Groups within groups. `inside`: per node the sum of likenesses between its members."""

    def __init__(self, leaves: int) -> None:
        self.leaves = leaves
        self.children: list[tuple[int, int]] = []
        self.sizes, self.inside = [1] * leaves, [0.0] * leaves

    def join(self, one: int, other: int, alike: float) -> int:
        """The number of the new node. `alike`: on average, between the two."""
        self.children.append((one, other))
        between = alike * self.sizes[one] * self.sizes[other]
        self.inside.append(self.inside[one] + self.inside[other] + between)
        self.sizes.append(self.sizes[one] + self.sizes[other])
        return len(self.sizes) - 1

    def coherent(self, least: float) -> Iterator[list[int]]:
        """The largest nodes whose members are at least so much alike, on average."""
        todo = [len(self.sizes) - 1]
        while todo:
            node = todo.pop()
            pairs = self.sizes[node] * (self.sizes[node] - 1) / 2
            if node < self.leaves or self.inside[node] >= least * pairs:
                yield sorted(self._members(node))
            else:
                todo += self.children[node - self.leaves]

    def _members(self, node: int) -> Iterator[int]:
        todo = [node]
        while todo:
            one = todo.pop()
            if one < self.leaves:
                yield one
            else:
                todo += self.children[one - self.leaves]


def _joined(table: Table) -> Generator[float, None, _Tree]:
    """Average linkage: who are nearest to each other join first (a chain of nearest neighbours)."""
    size = len(table)
    tree, node = _Tree(size), [*range(size)]
    alike = table.astype(np.float64)
    np.fill_diagonal(alike, _NEVER)
    chain: list[int] = []
    for turn in range(size - 1):
        if turn * size % _PIECE < size:
            yield size * size / _PIECE if size * size < _PIECE else 1.0
        chain = chain or [next(slot for slot in range(size) if node[slot] >= 0)]
        one, other = _nearest_pair(alike, chain)
        nodes = tree.sizes[node[one]], tree.sizes[node[other]]
        node[one] = tree.join(node[one], node[other], float(alike[one, other]))
        node[other] = -1
        _merge(alike, one, other, nodes)
    return tree


def _nearest_pair(alike: Floats, chain: list[int]) -> tuple[int, int]:
    """Two that are each other's nearest; they leave the chain."""
    while True:
        last = chain[-1]
        nearest = int(alike[last].argmax())
        if len(chain) > 1 and alike[last, chain[-2]] >= alike[last, nearest]:
            before = chain[-2]
            del chain[-2:]
            return last, before
        chain.append(nearest)


def _merge(alike: Floats, one: int, other: int, sizes: tuple[int, int]) -> None:
    first, second = sizes
    both = (first * alike[one] + second * alike[other]) / (first + second)
    alike[one], alike[:, one] = both, both
    alike[other], alike[:, other] = _NEVER, _NEVER
    alike[one, one] = _NEVER
