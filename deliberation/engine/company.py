"""The company that words keep: words that stand beside the same words speak of the same."""

from collections.abc import Generator

import numpy as np
import scipy.sparse as sp

from .features import Floats, Ints

_MOST = 4000  # words
_TURNS = 4  # more change nothing that is seen
_SPARE = 10  # directions beside those that are kept, so that these come out right
_NOTHING = 1e-12  # of the most: under it a direction is noise of the arithmetic
_PIECE = 1 << 17  # numbers that are dealt with at once


class Company:
    """Learned from exchanges × words: positive pointwise mutual information, in few dimensions."""

    def __init__(self, known: Floats, chosen: Ints) -> None:
        self._known, self._chosen = known, chosen

    def of(self, words: sp.csr_matrix) -> Floats:
        """Exchanges × dimensions, each row of length 1 (or 0)."""
        found = np.asarray(words[:, self._chosen] @ self._known, np.float64)
        length = np.sqrt((found**2).sum(axis=1, keepdims=True))
        return found / np.where(length == 0, 1, length)


def learned(words: sp.csr_matrix, dimensions: int) -> Generator[float, None, Company]:
    """In pieces, each with what it cost (1: about ten milliseconds)."""
    occurs: Ints = np.bincount(words.indices, minlength=words.shape[1]).astype(np.int64)
    order = np.argsort(-occurs, kind="stable")[:_MOST]
    chosen = np.sort(order[occurs[order] > 1])
    fits = min(dimensions, len(chosen) - 1)
    if fits < 1:
        return Company(np.zeros((len(chosen), 1)), chosen)
    there = words[:, chosen].astype(bool).astype(np.float64)
    beside = yield from _beside(there, occurs[chosen])
    known = yield from _reduced(beside, fits)
    return Company(known, chosen)


def _beside(there: sp.csr_matrix, occurs: Ints) -> Generator[float, None, sp.csr_matrix]:
    """Words × words: how much more often than by chance they stand in one exchange."""
    turned, parts = there.T.tocsr(), []
    step = max(1, turned.shape[0] * _PIECE // max(1, 10 * there.nnz))
    for start in range(0, turned.shape[0], step):
        part = (turned[start : start + step] @ there).tocoo()
        chance = occurs[part.row + start] * occurs[part.col]
        data = np.log(part.data * there.shape[0] / chance)
        some = data > 0
        kept = (data[some], (part.row[some], part.col[some]))
        parts.append(sp.csr_matrix(kept, shape=part.shape))
        yield min(0.5, 10 * there.nnz / _PIECE)
    return sp.vstack(parts, format="csr")


def _reduced(beside: sp.csr_matrix, fits: int) -> Generator[float, None, Floats]:
    """Words × `fits`: by turns in which what the words have most in common comes forward."""
    size = beside.shape[0]
    width = min(fits + _SPARE, size)
    axes = np.random.default_rng(0).standard_normal((size, width))
    for _ in range(_TURNS):
        axes = yield from _times(beside, axes)
        axes = _upright(axes)
        yield size / _MOST
    image = yield from _times(beside, axes)  # the table is its own mirror image
    values, turns = np.linalg.eigh(image.T @ image)
    best = np.argsort(-values, kind="stable")[:fits]
    yield size / _MOST
    return np.asarray(axes @ turns[:, best] * np.sqrt(np.maximum(values[best], 0)))


def _upright(axes: Floats) -> Floats:
    """The same directions, at right angles and of length 1; those that say nothing become 0."""
    values, turns = np.linalg.eigh(axes.T @ axes)
    some = values > _NOTHING * values[-1]
    length = np.sqrt(np.where(some, values, 1.0))
    return np.asarray(axes @ (turns * np.where(some, 1 / length, 0.0)))


def _times(beside: sp.csr_matrix, axes: Floats) -> Generator[float, None, Floats]:
    step = max(1, beside.shape[0] * _PIECE // max(1, beside.nnz))
    parts = []
    for start in range(0, beside.shape[0], step):
        parts.append(beside[start : start + step] @ axes)
        yield min(1.0, beside.nnz / _PIECE)
    return np.concatenate(parts)
