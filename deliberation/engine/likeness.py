"""How alike messages are: each borrows from its nearest, then all are seen in few dimensions."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.utils.extmath import randomized_svd
from sparse_dot_topn import sp_matmul_topn

from .features import Features, Floats, Weights
from .parameters import Parameters

_ROUNDING = 4  # decimals: what is smaller is noise of the arithmetic
_PASSES = 2  # over the matrix: more change nothing that is seen


class Likeness:
    """Learned from some exchanges, each a list of rows; places those and any other.

    `places`: exchanges × dimensions, each of length 1 (or 0): their products are likenesses.
    """

    def __init__(
        self, features: Features, exchanges: Sequence[list[int]], parameters: Parameters
    ) -> None:
        self._parameters = parameters
        self._weights = Weights(features, [row for rows in exchanges for row in rows], parameters)
        steps = [self._together(exchanges)]
        for _ in range(parameters.rounds):
            steps.append(self._borrowed(steps[-1], steps[-1], itself=True))
        self._steps = [step.T.tocsr() for step in steps[:-1]]
        self._lenders = steps[:-1]
        self._axes = _axes(steps[-1], parameters.dimensions)
        self.places = self._placed(steps[-1])

    def of(self, exchanges: Sequence[list[int]]) -> Floats:
        """Places for other exchanges: they borrow from those that were learned from."""
        found = self._together(exchanges)
        for turn in range(self._parameters.rounds):
            found = self._borrowed(found, self._lenders[turn], self._steps[turn])
        return self._placed(found)

    def _together(self, exchanges: Sequence[list[int]]) -> sp.csr_matrix:
        """What is said in each exchange as a whole: an answer speaks of what it answers."""
        single = self._weights.matrix([row for rows in exchanges for row in rows])
        of = np.repeat(np.arange(len(exchanges)), [len(rows) for rows in exchanges])
        shape = (len(exchanges), single.shape[0])
        sums = sp.csr_matrix((np.ones(len(of)), (of, np.arange(len(of)))), shape=shape)
        return _normal(sums @ single)

    def _borrowed(
        self,
        found: sp.csr_matrix,
        lenders: sp.csr_matrix,
        turned: sp.csr_matrix | None = None,
        *,
        itself: bool = False,
    ) -> sp.csr_matrix:
        turned = lenders.T.tocsr() if turned is None else turned
        near = _nearest(found, turned, self._parameters.neighbours, itself=itself)
        mixed = sp.hstack([sp.identity(found.shape[0]), self._parameters.borrowed * near])
        both = sp.vstack([found, lenders])
        kept = sp_matmul_topn(mixed.tocsr(), both.tocsr(), top_n=self._parameters.kept)
        return _normal(kept)

    def _placed(self, found: sp.csr_matrix) -> Floats:
        places = np.round(found @ self._axes, _ROUNDING)
        length = np.sqrt((places**2).sum(axis=1, keepdims=True))
        return np.asarray(np.round(places / np.where(length == 0, 1, length), _ROUNDING))


def _nearest(
    found: sp.csr_matrix, turned: sp.csr_matrix, neighbours: int, *, itself: bool
) -> sp.csr_matrix:
    """Shares of the nearest lenders, in all 1 for each row (or 0 without any)."""
    near = sp_matmul_topn(found, turned, top_n=neighbours + itself, sort=True).tocoo()
    data = np.round(near.data, 2 * _ROUNDING)
    other = (near.row != near.col) if itself else np.ones(len(data), bool)
    near = sp.csr_matrix((data[other], (near.row[other], near.col[other])), shape=near.shape)
    total = np.asarray(near.sum(axis=1)).ravel()
    return sp.diags(1 / np.where(total == 0, 1, total)) @ near


def _normal(found: sp.csr_matrix) -> sp.csr_matrix:
    length = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
    return (sp.diags(1 / np.where(length == 0, 1, length)) @ found).tocsr()


def _axes(found: sp.csr_matrix, dimensions: int) -> NDArray[np.float64]:
    """Features × dimensions: the directions in which these messages differ most."""
    fits = min(dimensions, *(size - 1 for size in found.shape))
    if fits < 1:
        return np.zeros((found.shape[1], 1))
    _, _, axes = randomized_svd(found, fits, n_iter=_PASSES, random_state=0)
    return np.asarray(axes.T)
