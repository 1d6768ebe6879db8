"""How much each feature of a message says: rare ones more, those that never occurred nothing."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from .features import Features, Floats, Ints
from .parameters import Parameters

Exchanges = Sequence[Sequence[int]]
"""Rows that are seen as one, each a list."""
Counts = list[sp.csr_matrix]
_LEAST = (1, 2, 2, 1, 2)  # exchanges in which a word, piece, pair, subject, place has to occur
_AT_ONCE = 256  # exchanges: about ten milliseconds
_SECOND = 32  # bits for the second stem of a pair


class Described:
    """Learned from some exchanges: their words, pieces of words, pairs of words and subjects.

    `covered`: the share of them that speak of a listed subject; the list of subjects counts as far
    as it fits what is spoken of here. `matrix`: exchanges × features, each row of length 1 (or 0
    when it says nothing); `words`: the same for words alone.
    """

    def __init__(self, counts: Counts, pairs: Ints, parameters: Parameters) -> None:
        self._pairs = pairs
        self._rarity = [_rarity(one, least) for one, least in zip(counts, _LEAST, strict=True)]
        listed = counts[-2]
        self.covered = float((listed.getnnz(axis=1) > 0).mean()) if listed.shape[0] else 0.0
        self.kept = 0.0
        shares = (
            parameters.words,
            parameters.pieces,
            parameters.pairs,
            parameters.subjects * self.covered**2,
            0.0,
        )
        self._shares = [float(np.sqrt(share)) for share in shares]
        self.matrix: sp.csr_matrix
        self.words: sp.csr_matrix

    def learn(self, parts: list[Counts], threads: float) -> Generator[float, None, None]:
        """Weigh them, in pieces; where threads keep to their subject, that counts as well."""
        yield from self._weigh(parts)
        self.kept = _kept(self.matrix, _stacked([part[-1] for part in parts]))
        yield 0.001 * self.matrix.shape[0]
        if self.kept:
            self._shares[-1] = float(np.sqrt(threads * self.kept))
            yield from self._weigh(parts)

    def _weigh(self, parts: list[Counts]) -> Generator[float, None, None]:
        found = []
        for part in parts:
            found.append(self._weighted(part))
            yield part[0].shape[0] / _AT_ONCE
        self.matrix = sp.vstack([one[0] for one in found], format="csr")
        self.words = sp.vstack([one[1] for one in found], format="csr")

    def of(self, features: Features, exchanges: Exchanges) -> tuple[sp.csr_matrix, sp.csr_matrix]:
        """`matrix` and `words` of any exchanges, in terms of what was learned."""
        return self._weighted(_counts(features, _Read.of(features, exchanges), self._pairs))

    def _weighted(self, counts: Counts) -> tuple[sp.csr_matrix, sp.csr_matrix]:
        blocks = [_scaled(one, rare) for one, rare in zip(counts, self._rarity, strict=True)]
        shared = [one * share for one, share in zip(blocks, self._shares, strict=True)]
        return normal(sp.hstack(shared, format="csr")), blocks[0]


def described(
    features: Features, exchanges: Exchanges, parameters: Parameters
) -> Generator[float, None, Described]:
    """Learned in pieces, each with what it cost (1: about ten milliseconds)."""
    parts = [
        _Read.of(features, exchanges[start : start + _AT_ONCE])
        for start in range(0, len(exchanges), _AT_ONCE)
    ]
    yield 0.001 * len(exchanges)
    pairs = np.unique(np.concatenate([part.pairs for part in parts]))
    counts = []
    for part in parts:
        counts.append(_counts(features, part, pairs))
        yield part.count / _AT_ONCE
    whole = [_stacked([one[kind] for one in counts]) for kind in range(len(_LEAST))]
    found = Described(whole, pairs, parameters)
    yield 0.001 * len(exchanges)
    yield from found.learn(counts, parameters.threads)
    return found


def _counts(features: Features, read: "_Read", pairs: Ints) -> Counts:
    """How often each has its words, pieces, pairs and subjects."""
    known = features.vocabulary
    tells = np.frombuffer(known.tells, np.int8)[read.words] > 0
    stems = np.frombuffer(known.stems, np.int64)[read.words]
    starts = np.frombuffer(known.starts, np.int64)
    first, sizes = starts[read.words], starts[read.words + 1] - starts[read.words]
    inside = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    pieces = np.frombuffer(known.pieces, np.int64)[np.repeat(first, sizes) + inside]
    pieces_at = np.asarray(np.repeat(read.at, sizes), np.int64)
    return [
        read.table(read.at[tells], stems[tells], len(known.stem)),
        read.table(pieces_at, pieces, len(known.piece)),
        read.paired(pairs),
        read.table(read.spoken_at, read.spoken, len(features.subject)),
        read.table(read.stands_at, read.stands, len(features.place)),
    ]


def _kept(matrix: sp.csr_matrix, places: sp.csr_matrix) -> float:
    """How far threads keep to their subject, 0 … 1: how much more alike what stands together in
    one is than any two exchanges."""
    usual = _alike(matrix, sp.csr_matrix(np.ones((matrix.shape[0], 1))))
    near = _alike(matrix, places.astype(bool).astype(np.float64))
    return min(1.0, max(0.0, near / usual - 1)) if usual > 0 else 0.0


def _alike(matrix: sp.csr_matrix, places: sp.csr_matrix) -> float:
    """How alike any two are that share a place, on average."""
    sums = places.T @ matrix
    sizes = np.asarray(places.sum(axis=0)).ravel()
    pairs = float((sizes * (sizes - 1)).sum())
    lengths = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    return float((sums.data**2).sum() - (places.T @ lengths).sum()) / pairs if pairs else 0.0


def _stacked(parts: list[sp.csr_matrix]) -> sp.csr_matrix:
    """One above the other; a later part may know more features than an earlier one."""
    width = max(part.shape[1] for part in parts)
    for part in parts:
        part.resize(part.shape[0], width)
    return sp.vstack(parts, format="csr")


@dataclass(frozen=True)
class _Read:
    """All words of some exchanges in their order, and `at` which exchange each is."""

    count: int
    words: Ints
    at: Ints
    pairs: Ints
    pairs_at: Ints
    spoken: Ints
    spoken_at: Ints
    stands: Ints
    stands_at: Ints

    @classmethod
    def of(cls, features: Features, exchanges: Exchanges) -> "_Read":
        rows = [row for rows in exchanges for row in rows]
        of = np.repeat(np.arange(len(exchanges)), [len(rows) for rows in exchanges])
        words, at = _flat([features.words[row] for row in rows])
        spoken, spoken_at = _flat([features.subjects[row] for row in rows])
        stems = np.frombuffer(features.vocabulary.stems, np.int64)[words]
        follows = at[1:] == at[:-1]
        pairs = ((stems[:-1] << _SECOND) | stems[1:])[follows]
        stands, stands_at = _flat([features.places[rows[0]] for rows in exchanges])
        return cls(
            count=len(exchanges),
            words=words,
            at=of[at],
            pairs=pairs,
            pairs_at=of[at[1:]][follows],
            spoken=spoken,
            spoken_at=of[spoken_at],
            stands=stands,
            stands_at=stands_at,
        )

    def table(self, at: Ints, features: Ints, width: int) -> sp.csr_matrix:
        """Exchanges × features: how often."""
        ones = np.ones(len(at))
        return sp.csr_matrix((ones, (at, features)), shape=(self.count, max(width, 1)))

    def paired(self, known: Ints) -> sp.csr_matrix:
        """Exchanges × known pairs of words."""
        place = np.searchsorted(known, self.pairs)
        found = place < len(known)
        found[found] = known[place[found]] == self.pairs[found]
        return self.table(self.pairs_at[found], place[found], len(known))


def _flat(found: list[Ints]) -> tuple[Ints, Ints]:
    """All in a row, and the place in the list that each came from."""
    sizes = [len(one) for one in found]
    whole = np.concatenate(found) if found else np.zeros(0)
    return whole.astype(np.int64), np.repeat(np.arange(len(found)), sizes)


def _rarity(counts: sp.csr_matrix, least: int) -> Floats:
    occurs = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log((1 + counts.shape[0]) / (1 + occurs)) + 1
    return np.where(occurs >= least, rarity, 0.0)


def _scaled(counts: sp.csr_matrix, rarity: Floats) -> sp.csr_matrix:
    """Weighted, each row of length 1; features that came up since say nothing."""
    found = counts[:, : len(rarity)] if counts.shape[1] > len(rarity) else counts.copy()
    found.data = (1 + np.log(found.data)) * rarity[found.indices]
    found.eliminate_zeros()
    return normal(found)


def normal(found: sp.csr_matrix) -> sp.csr_matrix:
    """Rows of length 1, or 0."""
    at = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
    length = np.sqrt(np.bincount(at, found.data**2, found.shape[0]))
    found = found.tocsr()
    found.data = found.data / np.where(length == 0, 1, length)[at]
    return found
