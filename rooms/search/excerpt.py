"""The piece of a message that shows why it was found. Pure, and plain text throughout."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .query import Query
from .words import words

LENGTH = 260  # characters
BEFORE = 50  # characters before the first word that was found
_SPACE = re.compile(r"\s")


@dataclass(frozen=True)
class Part:
    """A piece of text; `marked` where it is what was asked."""

    text: str
    marked: bool = False


def marks(text: str, query: Query) -> list[tuple[int, int]]:
    """Where (start, end) what is wanted stands in the text, in order, without overlap."""
    found = words(text)
    spans: list[tuple[int, int]] = []
    for at, word in enumerate(found):
        ends = [found[at + len(t.words) - 1].end for t in query.wanted if t.fits(found, at)]
        if ends and (not spans or word.start >= spans[-1][1]):
            spans.append((word.start, max(ends)))
        elif ends:
            spans[-1] = (spans[-1][0], max(spans[-1][1], *ends))
    return spans


def excerpt(text: str, query: Query) -> list[Part]:
    """About `LENGTH` characters with most of what was asked, cut between words."""
    spans = marks(text, query)
    start, end = _window(text, spans)
    return [
        *([Part("… ")] if start else []),
        *_parts(text, [(a, b) for a, b in spans if a >= start and b <= end], start, end),
        *([Part(" …")] if end < len(text) else []),
    ]


def _window(text: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    if len(text) <= LENGTH:
        return 0, len(text)
    starts = [a for a, _ in spans] or [0]
    best = max(starts, key=lambda a: sum(a <= b < a + LENGTH - BEFORE for b in starts))
    start = _between(text, max(0, min(best - BEFORE, len(text) - LENGTH)), best)
    end = start + LENGTH
    while end < len(text) and end > best + 1 and not _SPACE.match(text[end]):
        end -= 1
    return start, len(text) if end >= len(text) else end if end > best + 1 else start + LENGTH


def _between(text: str, start: int, latest: int) -> int:
    """The first beginning of a word from `start`, no later than `latest`."""
    if start == 0:
        return 0
    space = _SPACE.search(text, start - 1, latest)
    return space.end() if space else start


def _parts(text: str, spans: list[tuple[int, int]], start: int, end: int) -> Iterator[Part]:
    for first, last in spans:
        if first > start:
            yield Part(text[start:first])
        yield Part(text[first:last], marked=True)
        start = last
    if end > start:
        yield Part(text[start:end])
