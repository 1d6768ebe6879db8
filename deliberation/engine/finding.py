"""Whether a title leads back: who searches for its words should find the messages of its need."""

from collections.abc import Collection, Sequence

import numpy as np
import scipy.sparse as sp

from .describing import normal
from .features import Features, Floats, Ints
from .words import Language, words

_FIRST = 5  # messages that are looked at


class Index:
    """All messages by their words; what occurs in few of them weighs more (TF-IDF)."""

    def __init__(self, features: Features, rows: Sequence[int]) -> None:
        self._features = features
        self._place = {row: place for place, row in enumerate(rows)}
        sizes = [len(features.words[row]) for row in rows]
        found = np.concatenate([np.zeros(0, np.int64), *(features.words[row] for row in rows)])
        at = np.repeat(np.arange(len(rows)), sizes)
        shape = (len(rows), max(1, len(features.vocabulary.stems)))
        counts = sp.csr_matrix((np.ones(len(at)), (at, found.astype(np.int64))), shape=shape)
        occurs = np.bincount(counts.indices, minlength=shape[1])
        self._rarity = np.log((1 + len(rows)) / (1 + occurs)) + 1
        counts.data = (1 + np.log(counts.data)) * self._rarity[counts.indices]
        self._turned = normal(counts).T.tocsr()

    def leads_back(
        self, texts: Sequence[tuple[str, Language]], need: Collection[int]
    ) -> list[float]:
        """For each text the share of the first five hits that are in the need (rows)."""
        inside = {self._place[row] for row in need if row in self._place}
        first = min(_FIRST, len(inside))
        hits = (self._queries(texts) @ self._turned).tocsr()
        found = []
        for start, end in zip(hits.indptr[:-1], hits.indptr[1:], strict=True):
            best = _best(hits.indices[start:end], hits.data[start:end], first)
            found.append(sum(place in inside for place in best) / max(1, len(best)))
        return found

    def _queries(self, texts: Sequence[tuple[str, Language]]) -> sp.csr_matrix:
        number = self._features.vocabulary.of
        known = [[number(word, lang) for word in words(text)] for text, lang in texts]
        at = np.repeat(np.arange(len(known)), [len(one) for one in known])
        found = np.array([one for row in known for one in row], np.int64)
        there = found < len(self._rarity)
        at, found = at[there], found[there]
        shape = (len(texts), len(self._rarity))
        return sp.csr_matrix((self._rarity[found], (at, found)), shape=shape)


def _best(places: Ints, scores: Floats, first: int) -> list[int]:
    """The best hits, the earliest first where they are equal."""
    scores = np.round(scores, 9)
    if len(scores) > first > 0:
        some = scores >= np.partition(scores, -first)[-first]
        places, scores = places[some], scores[some]
    order = np.lexsort((places, -scores))[:first]
    return [int(place) for place in places[order]]
