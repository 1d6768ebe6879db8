"""How much of what is in a message is in each of the messages that were learned from."""

import numpy as np
import scipy.sparse as sp

from .features import Floats

_OFTEN = 0.1  # of the messages; what is in more of them is multiplied as a full table


class Products:
    """Inner products of sparse rows with the rows of `matrix`.

    The few features that nearly everything has make nearly all the work of a sparse product, and
    next to none of a full one.
    """

    def __init__(self, matrix: sp.csr_matrix) -> None:
        occurs = np.bincount(matrix.indices, minlength=matrix.shape[1])
        self._often = occurs > _OFTEN * matrix.shape[0]
        self._full = self._common(matrix).T
        self._turned = self._rest(matrix).T.tocsr()

    def of(self, rows: sp.csr_matrix) -> Floats:
        """Rows × those that were learned from."""
        found: Floats = (self._rest(rows) @ self._turned).toarray()
        found += self._common(rows) @ self._full
        return found

    def _common(self, rows: sp.csr_matrix) -> Floats:
        return np.asarray(rows[:, np.flatnonzero(self._often)].toarray())

    def _rest(self, rows: sp.csr_matrix) -> sp.csr_matrix:
        rest = rows.copy()
        rest.data = np.where(self._often[rest.indices], 0.0, rest.data)
        rest.eliminate_zeros()
        return rest
