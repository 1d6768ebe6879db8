"""Residents' sentences, as they stand in their messages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .shapes import Citation
from .words import Language, content, stem, words

_ENDS = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\n+")
_BREAKS = re.compile(r"\s*[;:–—]\s+|\s+-\s+|,\s+|\s+(?=(?:maar|want|omdat|but|because)\s)")
_EDGES = " \t\"'“”‘’()*_-–—,;:"
_FEWEST_WORDS = 3
_CUT = 132  # characters: many a form takes 140, and what ends there without a mark was cut off


@dataclass(frozen=True)
class Said:
    """A sentence or clause: `text` is characters `start` to `end` of a message.

    `stems`: the words that say something; `whole`: a sentence, not a part of one; `cut`: whether
    the message may have been cut off in it.
    """

    message: str
    author: str
    start: int
    end: int
    text: str
    stems: frozenset[str]
    words: int
    whole: bool
    cut: bool
    lang: Language

    def citation(self) -> Citation:
        return Citation(message=self.message, start=self.start, end=self.end)


def said_in(message: str, author: str, text: str, lang: Language) -> Iterator[Said]:
    """All sentences of a message, each followed by its clauses."""
    for start, end in _split(text, 0, len(text), _ENDS):
        parts = list(_split(text, start, end, _BREAKS))
        yield from _said(message, author, text, lang, start, end, whole=True)
        if len(parts) > 1:
            for first, last in parts:
                yield from _said(message, author, text, lang, first, last, whole=False)


def _said(
    message: str, author: str, text: str, lang: Language, start: int, end: int, *, whole: bool
) -> Iterator[Said]:
    """The sentence without what stands around it; nothing when too little is left."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(_EDGES))
    end -= len(piece) - len(piece.rstrip(_EDGES))
    piece = text[start:end]
    count = len(words(piece))
    if count >= _FEWEST_WORDS:
        stems = frozenset(stem(word, lang) for word in content(piece, lang))
        cut = end == len(text) >= _CUT and text[-1].isalnum()
        yield Said(message, author, start, end, piece, stems, count, whole, cut, lang)


def _split(text: str, start: int, end: int, at: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for found in at.finditer(text, start, end):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if end > start:
        yield start, end


def alike(one: Said, other: Said, *, same: float) -> bool:
    """Whether two say the same, in nearly the same words."""
    both = len(one.stems & other.stems)
    return both > 0 and both >= same * len(one.stems | other.stems)
