"""What each message is made of: its words in order, and the subjects they speak of.

What else is known of a word, its stem and the pieces it is made of, is kept once for all messages.
Only ever grows; numbers are given in the order of the log.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .words import Language, stem, stopwords, subjects, words

Ints = NDArray[np.int64] | NDArray[np.int32]
Floats = NDArray[np.float64]
_PART = 8  # exchanges of a thread
_PIECES = (3, 4, 5)  # letters, edges of the word included


class Numbers:
    """A number for each name, in the order in which they were first seen."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._number)

    def of(self, name: str) -> int:
        return self._number.setdefault(name, len(self._number))


@dataclass
class Vocabulary:
    """All words. `stems` and `tells` (whether it says something about the subject) by word;
    pieces of word n are `pieces[starts[n]:starts[n + 1]]`."""

    number: Numbers = field(default_factory=Numbers)
    stem: Numbers = field(default_factory=Numbers)
    piece: Numbers = field(default_factory=Numbers)
    stems: "array[int]" = field(default_factory=lambda: array("q"))
    tells: "array[int]" = field(default_factory=lambda: array("b"))
    starts: "array[int]" = field(default_factory=lambda: array("q", [0]))
    pieces: "array[int]" = field(default_factory=lambda: array("q"))

    def of(self, word: str, lang: Language) -> int:
        number = self.number.of(f"{lang} {word}")
        if number == len(self.stems):
            self.stems.append(self.stem.of(f"{lang} {stem(word, lang)}"))
            self.tells.append(len(word) > 1 and word not in stopwords(lang))
            edged = f" {word} "
            spans = (edged[at : at + n] for n in _PIECES for at in range(len(edged) - n + 1))
            self.pieces.extend(self.piece.of(one) for one in spans)
            self.starts.append(len(self.pieces))
        return number


@dataclass
class Features:
    """By row of the log the numbers of a message's words, of its subjects, and of where it stands:
    its thread, and the part of it. `begun`: exchanges in each thread."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    subject: Numbers = field(default_factory=Numbers)
    words: dict[int, Ints] = field(default_factory=dict)
    subjects: dict[int, Ints] = field(default_factory=dict)
    place: Numbers = field(default_factory=Numbers)
    places: dict[int, Ints] = field(default_factory=dict)
    begun: Counter[str] = field(default_factory=Counter)

    def describe(self, row: int, text: str, lang: Language) -> None:
        """Say what a row has. Nothing, for an empty text."""
        found = [self.vocabulary.of(word, lang) for word in words(text)]
        spoken = [self.subject.of(one) for one in subjects(text, lang)]
        self.words[row] = np.array(found, np.int32)
        self.subjects[row] = np.array(spoken, np.int32)

    def locate(self, row: int, root: int, thread: str | None) -> None:
        """Say where a row stands: where the exchange began that it is part of. Exchanges that
        follow each other in a thread share parts of it."""
        if root == row:
            self.places[row] = np.array([*self._parts(thread)], np.int32)
        self.places[row] = self.places[root]

    def _parts(self, thread: str | None) -> Iterator[int]:
        if thread is not None:
            nth = self.begun[thread]
            self.begun[thread] += 1
            yield self.place.of(thread)
            yield self.place.of(f"{thread} a {nth // _PART}")
            yield self.place.of(f"{thread} b {(nth + _PART // 2) // _PART}")

    def excerpt(self, rows: Iterable[int]) -> "Features":
        """Some rows as they are now, whatever changes in them later."""
        chosen = [*rows]
        return Features(
            self.vocabulary,
            self.subject,
            {row: self.words[row] for row in chosen},
            {row: self.subjects[row] for row in chosen},
            self.place,
            {row: self.places[row] for row in chosen},
        )
