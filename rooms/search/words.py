"""What a word is, the same for the question, the index and the excerpt. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")
_MARKS = re.compile("[\u0300-\u036f]+")
# The Dutch rules are those of PostgreSQL's `dutch`, so that both databases find the same.
_STEMMERS = tuple(snowballstemmer.stemmer(language) for language in ("dutch_porter", "english"))
_one_at_a_time = Lock()  # a stemmer keeps the word it works on in itself
# Too common to look for related words: "een" is not about "en".
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "aan als bij dan dat deze die dit door een geen haar had heb hebben heeft het hier hij hoe "
        "hun kan maar men met mijn moet naar niet nog omdat onder ons onze ook over tot uit van "
        "veel voor waar waren was wat werd wij wil word worden wordt zei zelf zich zij zijn zou "
        "and are been but does for from had has have her him his how its not one our she that the "
        "their them then they this was were what when who will with you your",
    )
)


@dataclass(frozen=True)
class Word:
    """A word of a text, from `start` to `end`, as it is compared: `folded`."""

    start: int
    end: int
    folded: str


def folded(text: str) -> str:
    """Small letters without accents: "Café" is "cafe"."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text.lower()))


def words(text: str) -> list[Word]:
    """The words of a text in order; whatever is no letter and no figure separates."""
    return [
        Word(found.start(), found.end(), fold)
        for found in _WORD.finditer(text)
        if (fold := folded(found[0]))
    ]


def has_relatives(word: str) -> bool:
    """Whether it makes sense to look for other forms of this (folded) word."""
    return len(word) > 2 and word not in _COMMON


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[frozenset[str], ...]:
    """The stems of a folded word in Dutch and in English.

    A stem is taken of the stem once more: "fietsen" gives "fiets", which by itself gives "fiet".
    """
    with _one_at_a_time:
        once = [(stemmer, str(stemmer.stemWord(word))) for stemmer in _STEMMERS]
        return tuple(frozenset({stem, str(stemmer.stemWord(stem))}) for stemmer, stem in once)


def related(one: str, other: str) -> bool:
    """Whether two folded words have the same stem in one of the languages: "straat", "straten"."""
    return any(a & b for a, b in zip(stems(one), stems(other), strict=True))
