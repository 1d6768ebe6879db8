"""The prototype that the engine has to beat: neighbours lend each other words, then communities."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.preprocessing import normalize
from sknetwork.clustering import Louvain

from .features import by_company, by_piece, by_stem

_LENDERS, _OWN, _ROUNDS = 10, 0.7, 2
_COMPANY, _NUMBERS = 0.3, 100
_NEIGHBOURS = 15
_FEWEST = 3  # people, and so messages
Array = np.ndarray[Any, Any]


def prototype(
    texts: Sequence[str], people: Sequence[str], lang: str, resolution: float, gate: float
) -> list[int]:
    """A group for each message; -1: not part of a need. Everything at once, n × n numbers."""
    likeness = _likeness(texts, lang)
    near = _graph(likeness)
    groups = Louvain(resolution=resolution, random_state=0).fit_predict(near)
    return _shown(_gated(near, groups, gate), people)


def _likeness(texts: Sequence[str], lang: str) -> Array:
    words = by_stem(texts, lang)
    own = normalize(sparse.hstack([0.5 * words, 0.5 * by_piece(texts)]).tocsr())
    lent = (own @ own.T).toarray()
    for _ in range(_ROUNDS):
        lent = _borrowed(lent)
    company = by_company(words, _NUMBERS)
    return _others((1 - _COMPANY) * lent + _COMPANY * (company @ company.T))


def _borrowed(likeness: Array) -> Array:
    """Each message keeps .7 of itself and takes the rest from its ten nearest.

    Done on products of messages instead of on the messages: the same, without long vectors.
    """
    lenders = normalize(_nearest(_others(likeness), _LENDERS), norm="l1")
    mixed = _OWN * sparse.eye_array(len(likeness)) + (1 - _OWN) * lenders
    product = mixed @ (mixed @ likeness).T
    length = np.sqrt(np.diag(product)).clip(1e-12)
    return product / length / length[:, None]  # type: ignore[no-any-return]


def _others(likeness: Array) -> Array:
    """Nobody is its own neighbour."""
    found = np.maximum(likeness, 0)
    np.fill_diagonal(found, 0)
    return found


def _nearest(likeness: Array, count: int) -> sparse.csr_matrix:
    best = np.argsort(-likeness, axis=1, kind="stable")[:, :count]
    rows = np.repeat(np.arange(len(likeness)), best.shape[1])
    values = likeness[rows, best.ravel()]
    return sparse.csr_matrix((values, (rows, best.ravel())), shape=likeness.shape)


def _graph(likeness: Array) -> sparse.csr_matrix:
    """Edges to the nearest; where two choose each other, it counts double."""
    near = _nearest(likeness, _NEIGHBOURS)
    return sparse.csr_matrix(near + near.T)


def _gated(near: sparse.csr_matrix, groups: Array, gate: float) -> Array:
    """A message with less than `gate` × the median of its group's support stays out."""
    edges = near.tocoo()
    inside = groups[edges.row] == groups[edges.col]
    support = np.bincount(edges.row[inside], edges.data[inside], minlength=len(groups))
    kept = groups.copy()
    for group in np.unique(groups):
        members = groups == group
        kept[members & (support < gate * np.median(support[members]))] = -1
    return kept


def _shown(groups: Array, people: Sequence[str]) -> list[int]:
    """Groups of fewer than three messages or three people are not shown."""
    found: list[int] = groups.tolist()
    authors: dict[int, set[str]] = defaultdict(set)
    for group, author in zip(found, people, strict=True):
        authors[group].add(author)
    return [group if len(authors[group]) >= _FEWEST else -1 for group in found]
