"""A text as it is compared: small letters, without accents, disguises seen through."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

# Digits and signs that stand in for letters, in a word that has letters of its own.
_LEET = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
# Letters of other alphabets that look like ours.
_ALIKE = dict(zip("аеорсхуіјѕԁһкмтοαρνικ", "aeopcxyijsdhkmtoapvik", strict=True))
_SIGNS = frozenset(_LEET)
_TABLE = str.maketrans(_LEET)
_WORD = re.compile(r"[\w@$]+")
_LETTERS = 3  # fewer, and a digit in a word is just a digit
_APART = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .\-_*]{1,2}){3,}[^\W\d_](?![^\W_])")
_RUN = re.compile(r"([^\W\d_])\1{2,}")


@dataclass(frozen=True)
class Folded:
    """`places[i]`: where letter i of `text` comes from in the text as it was written."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same part of the text as it was written."""
        return self.places[start], self.places[end - 1] + 1


def folded(text: str, *, run: int = 2) -> Folded:
    """Letter for letter; what was spelled apart ("s p a m") is joined, longer runs are cut."""
    return _without_runs(_without_gaps(plain(text)), run)


def readings(text: str) -> list[Folded]:
    """How a text can be read: "hoooi" is "hooi" as well as "hoi"."""
    joined = _without_gaps(plain(text))
    double = _without_runs(joined, 2)
    return [double] if double is joined else [double, _without_runs(joined, 1)]


def plain(text: str) -> Folded:
    """Letter for letter only, which costs a tenth of all readings."""
    if text.isascii():
        return Folded(_with_letters(text.lower()), range(len(text)))
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for letter in _letters(sign):
            letters.append(letter)
            places.append(place)
    return Folded(_with_letters("".join(letters)), places)


@cache
def _letters(sign: str) -> str:
    """One sign as plain small letters; nothing of it, where it is a mark on another."""
    found = unicodedata.normalize("NFKD", sign).lower()
    return "".join(_ALIKE.get(one, one) for one in found if not unicodedata.combining(one))


def _with_letters(text: str) -> str:
    """Words in which digits stand in for letters, with those letters."""
    if _SIGNS.isdisjoint(text):
        return text
    return _WORD.sub(_spelled, text)


def _spelled(found: "re.Match[str]") -> str:
    word = found.group()
    if _SIGNS.isdisjoint(word) or not _is_word(word):
        return word
    return word.translate(_TABLE)


def _is_word(found: str) -> bool:
    """Not a house number, an amount or the name of a road."""
    count = sum(sign.isalpha() for sign in found)
    return count >= _LETTERS or (count > 1 and found[0].isalpha() and found[-1].isalpha())


def _without_gaps(seen: Folded) -> Folded:
    dropped: set[int] = set()
    for found in _APART.finditer(seen.text):
        dropped |= {i for i in range(*found.span()) if not seen.text[i].isalpha()}
    return _without(seen, dropped)


def _without_runs(seen: Folded, run: int) -> Folded:
    dropped: set[int] = set()
    for found in _RUN.finditer(seen.text):
        dropped |= set(range(found.start() + run, found.end()))
    return _without(seen, dropped)


def _without(seen: Folded, dropped: set[int]) -> Folded:
    if not dropped:
        return seen
    kept = [i for i in range(len(seen.text)) if i not in dropped]
    return Folded("".join(seen.text[i] for i in kept), [seen.places[i] for i in kept])
