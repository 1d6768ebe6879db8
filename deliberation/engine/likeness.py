"""How alike messages are: by what is in them, what their nearest lend them, and the company that
their words keep."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .company import Company, learned
from .describing import Described, Exchanges, described
from .features import Features, Floats
from .parameters import Parameters
from .products import Products

Table = NDArray[np.float32]
_ROUNDING = 4  # decimals: what is smaller is noise of the arithmetic
_PIECE = 1 << 17  # numbers that are dealt with at once: about ten milliseconds


@dataclass(frozen=True)
class _Lent:
    """A round of borrowing. `before`: how alike the lenders were; `shares`: exchanges × lenders,
    what each is made of; `lengths`: of what came of it."""

    before: Table
    shares: sp.csr_matrix
    lengths: Table


class Likeness:
    """Between exchanges that were learned from (`table`), and to any other (`of`)."""

    def __init__(self, described: Described, parameters: Parameters) -> None:
        self._described, self._parameters = described, parameters
        self._products = Products(described.matrix)
        self._rounds: list[_Lent] = []
        self._company: Company
        self._places: Floats
        self.table: Table

    def of(self, features: Features, exchanges: Exchanges) -> Table:
        """Exchanges × those that were learned from."""
        matrix, words = self._described.of(features, exchanges)
        found = _rounded(self._products.of(matrix))
        for lent in self._rounds:
            found = self._borrowed(found, lent)
        return self._mixed(found, self._company.of(words))

    def _borrowed(self, found: Table, lent: _Lent) -> Table:
        rows, near, share = _nearest(found, self._parameters)
        own = np.float32(1 - self._parameters.borrowed)
        mixed = own * found
        for place in range(near.shape[1]):
            mixed += share[:, place, None] * lent.before[near[:, place]]
        between = lent.before[near[:, :, None], near[:, None, :]]
        lends = share * found[rows, near]
        square = own**2 + 2 * own * lends.sum(axis=1)
        square += np.einsum("ij,ik,ijk->i", share, share, between)
        lengths = np.sqrt(np.maximum(square, 1e-9))[:, None] * lent.lengths
        return _rounded((lent.shares @ mixed.T).T / lengths)

    def _mixed(self, found: Table, places: Floats) -> Table:
        weight = self._parameters.company
        return _rounded((1 - weight) * found + weight * (places @ self._places.T))

    def learn(self) -> Generator[float, None, None]:
        """In pieces, each with what it cost (1: about ten milliseconds)."""
        matrix = self._described.matrix
        size = matrix.shape[0]
        table = np.zeros((size, size), np.float32)
        for part in _parts(size):
            table[part] = _rounded(self._products.of(matrix[part]))
            yield _cost(part, size)
        for _ in range(self._parameters.rounds):
            table = yield from self._lend(table)
        self._company = yield from learned(self._described.words, self._parameters.dimensions)
        self._places = self._company.of(self._described.words)
        self.table = np.zeros((size, size), np.float32)
        for part in _parts(size):
            self.table[part] = self._mixed(table[part], self._places[part])
            yield _cost(part, size)

    def _lend(self, table: Table) -> Generator[float, None, Table]:
        """Each keeps most of itself and takes the rest from its nearest."""
        size, own = len(table), 1 - self._parameters.borrowed
        shares = []
        for part in _parts(size):
            block = table[part].copy()
            block[np.arange(len(block)), np.arange(part.start, part.stop)] = 0
            rows, near, share = _nearest(block, self._parameters)
            lent = (share.ravel(), (np.repeat(rows, near.shape[1]), near.ravel()))
            shape = (len(block), size)
            shares.append(sp.csr_matrix(lent, shape=shape) + own * sp.eye(*shape, k=part.start))
            yield _cost(part, size) / 2
        whole = sp.vstack(shares, format="csr").astype(np.float32)
        mixed = np.zeros((size, size), np.float32)
        lengths = np.zeros(size, np.float32)
        for part in _parts(size):
            mixed[part] = whole[part] @ table
            square = np.asarray(whole[part].multiply(mixed[part]).sum(axis=1)).ravel()
            lengths[part] = np.sqrt(np.maximum(square, 1e-9))
            yield _cost(part, size)
        self._rounds.append(_Lent(table, whole, lengths))
        found = np.zeros((size, size), np.float32)
        for part in _parts(size):
            found[part] = _rounded((whole @ mixed[part].T).T / (lengths[part, None] * lengths))
            yield _cost(part, size)
        return found


def likeness(
    features: Features, exchanges: Exchanges, parameters: Parameters
) -> Generator[float, None, Likeness]:
    """Learned in pieces."""
    known = yield from described(features, exchanges, parameters)
    found = Likeness(known, parameters)
    yield 0.001 * len(exchanges)
    yield from found.learn()
    return found


def _nearest(found: Table, parameters: Parameters) -> tuple[NDArray[np.int64], ...]:
    """Rows × 1, rows × lenders, and what each of these lends: `borrowed` in all, or 0."""
    count = parameters.near(parameters.lenders, found.shape[1])
    near = np.sort(np.argpartition(-found, count - 1, axis=1)[:, :count], axis=1)
    rows = np.arange(len(found))[:, None]
    share = np.maximum(found[rows, near], 0)
    total = share.sum(axis=1, keepdims=True)
    share *= np.float32(parameters.borrowed) / np.where(total == 0, 1, total)
    return rows, near, share


def _rounded(found: Table | Floats) -> Table:
    return np.round(found, _ROUNDING).astype(np.float32)


def _parts(size: int) -> list[slice]:
    step = max(1, _PIECE // max(1, size))
    return [slice(start, min(start + step, size)) for start in range(0, size, step)]


def _cost(part: slice, size: int) -> float:
    return float((part.stop - part.start) * size / _PIECE)
