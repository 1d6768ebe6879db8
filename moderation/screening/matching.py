"""All lists at once against a text, in a time that grows with the text and not with the lists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ahocorasick

from .folding import Folded, readings
from .lists import Entry, WordList, compiled, together


@dataclass(frozen=True)
class Match:
    """`name` and `ground` are those of the list; `start` and `end` are places in the text as it
    was written."""

    name: str
    ground: str
    entry: Entry
    start: int
    end: int


class Matcher:
    """Words by Aho and Corasick's automaton, patterns by RE2."""

    def __init__(self, lists: Iterable[WordList]) -> None:
        self._automaton = ahocorasick.Automaton()
        self._patterns = []
        words: dict[str, list[tuple[WordList, Entry]]] = {}
        for one in lists:
            for entry in one.entries:
                if entry.is_pattern:
                    self._patterns.append((one, entry, compiled(entry.key)))
                else:
                    words.setdefault(entry.key, []).append((one, entry))
        for key, found in words.items():
            self._automaton.add_word(key, (key, found))
        self._automaton.make_automaton()
        self._all = together([entry.key for _, entry, _ in self._patterns])

    def matches(self, text: str) -> list[Match]:
        """What of the lists stands in the text, in the order of the text."""
        return self.matches_in(readings(text))

    def matches_in(self, ways: Iterable[Folded]) -> list[Match]:
        """The same, in these ways to read a text."""
        found = {match for seen in ways for match in (*self._words(seen), *self._found(seen))}
        return sorted(found, key=lambda one: (one.start, -one.end, one.entry.written))

    def _words(self, seen: Folded) -> Iterator[Match]:
        if not len(self._automaton):
            return
        for last, (key, entries) in self._automaton.iter(seen.text):
            start, end = last - len(key) + 1, last + 1
            if start and seen.text[start - 1].isalnum():
                continue
            goes_on = end < len(seen.text) and seen.text[end].isalnum()
            for one, entry in entries:
                if entry.goes_on or not goes_on:
                    yield Match(one.name, one.ground, entry, *seen.span(start, end))

    def _found(self, seen: Folded) -> Iterator[Match]:
        for number in self._all.Match(seen.text) or ():
            one, entry, pattern = self._patterns[number]
            for found in pattern.finditer(seen.text):
                if found.end() > found.start():
                    yield Match(one.name, one.ground, entry, *seen.span(*found.span()))
