"""What each message is described by: its words, its subjects, and pieces of its words.

Only ever grows; numbers are given in the order of the log.
"""

from collections import Counter
from collections.abc import Sequence
from enum import IntEnum

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .parameters import Parameters
from .words import Language, content, stem, subjects

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
_PIECES = (3, 4, 5)  # letters, edges of the word included


class Kind(IntEnum):
    WORD = 0
    SUBJECT = 1
    THEME = 2
    PIECE = 3


class Features:
    """Numbers for features, and for each message those it has."""

    def __init__(self) -> None:
        self._number: dict[tuple[Kind, str], int] = {}
        self._pieces: dict[str, list[int]] = {}
        self.names: list[str] = []
        self.kinds: list[Kind] = []
        self.rows: list[tuple[Ints, Ints]] = []

    def __len__(self) -> int:
        return len(self.names)

    def describe(self, row: int, text: str, lang: Language) -> None:
        """Say what a row has: the next one, or one that changed. Nothing, for an empty text."""
        stems = [stem(word, lang) for word in content(text, lang)]
        found = list(subjects(text, lang))
        counts: Counter[int] = Counter(self._of(Kind.WORD, one) for one in stems)
        counts.update(self._of(Kind.SUBJECT, one) for one in found)
        counts.update(self._of(Kind.THEME, one.split(".")[0]) for one in found)
        for one in stems:
            counts.update(self._pieces_of(one))
        ids = np.fromiter(counts.keys(), np.int32, len(counts))
        self.rows[row : row + 1] = [(ids, np.fromiter(counts.values(), np.int32, len(counts)))]

    def _of(self, kind: Kind, name: str) -> int:
        number = self._number.setdefault((kind, name), len(self.names))
        if number == len(self.names):
            self.names.append(name)
            self.kinds.append(kind)
        return number

    def _pieces_of(self, word: str) -> list[int]:
        if word not in self._pieces:
            edged = f" {word} "
            spans = [edged[at : at + n] for n in _PIECES for at in range(len(edged) - n + 1)]
            self._pieces[word] = [self._of(Kind.PIECE, one) for one in spans or [edged]]
        return self._pieces[word]


class Weights:
    """How much each feature says, learned from some of the messages.

    Rare features say more; one that never occurs there says nothing, nor does a piece of a word
    that occurs once.
    """

    def __init__(self, features: Features, learned: Sequence[int], parameters: Parameters) -> None:
        known = len(features)
        kinds = np.array(features.kinds, np.int8)
        occurs = np.zeros(known, np.int64)
        for row in learned:
            occurs[features.rows[row][0]] += 1
        table = np.array([1.0, parameters.subject, parameters.theme, 1.0])
        rarity = np.log((1 + len(learned)) / (1 + occurs)) + 1
        counts = occurs > (kinds == Kind.PIECE)
        self._weight: Floats = np.where(counts, rarity * table[kinds], 0.0)
        self._is_piece = kinds == Kind.PIECE
        self._share = np.sqrt(parameters.pieces)
        self._features = features

    def matrix(self, rows: Sequence[int]) -> sp.csr_matrix:
        """Messages × features, each row of length 1 (or 0 when it says nothing)."""
        found = [self._features.rows[row] for row in rows]
        sizes = np.array([len(ids) for ids, _ in found], np.int64)
        if not sizes.sum():
            return sp.csr_matrix((len(rows), len(self._weight)))
        ids = np.concatenate([ids for ids, _ in found])
        counts = np.concatenate([counts for _, counts in found])
        at = np.repeat(np.arange(len(rows)), sizes)
        known = ids < len(self._weight)
        ids, counts, at = ids[known], counts[known], at[known]
        values = (1 + np.log(counts)) * self._weight[ids]
        piece = self._is_piece[ids]
        for block, share in ((~piece, 1.0), (piece, self._share)):
            values[block] *= share / _lengths(values[block], at[block], len(rows))
        values /= _lengths(values, at, len(rows))
        some = values > 0
        shape = (len(rows), len(self._weight))
        return sp.csr_matrix((values[some], (at[some], ids[some])), shape=shape)


def _lengths(values: Floats, at: NDArray[np.int64], rows: int) -> Floats:
    """The length of each value's own row; 1 where that is 0."""
    length = np.sqrt(np.bincount(at, values**2, rows))
    length[length == 0] = 1
    return np.asarray(length[at], np.float64)
