"""From text to words: language, stems, subjects. Pure; the lists are data beside this file."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal

from snowballstemmer.dutch_stemmer import DutchStemmer
from snowballstemmer.english_stemmer import EnglishStemmer

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
WORD = re.compile(r"[^\W\d_][\w'’-]*|\d+")
_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)+\b")
_STEMMERS = {"nl": DutchStemmer(), "en": EnglishStemmer()}
_AT_HAND = 64  # texts: what is being read is asked for several times
_SHORTEST_STEM = 4  # letters of a listed word that may be the beginning of others
_STREETS = ("straat", "straten", "weg", "wegen", "plein", "park", "dijk", "kade", "brug", "haven")
_SHORTEST_END = 5  # letters of a listed word that may be the end of a Dutch compound


@cache
def data(name: str) -> dict[str, Any]:
    """A list of words shipped with the engine."""
    return tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text("utf-8"))


@cache
def stopwords(lang: Language) -> frozenset[str]:
    return frozenset(data("stopwords")[lang].split())


def passing(lang: Language) -> frozenset[str]:
    """Words that say nothing about a subject: stop words, and those of greetings and jokes."""
    return stopwords(lang) | {word.rstrip("=") for word in data("smalltalk")["words"][lang].split()}


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'")


@lru_cache(_AT_HAND)
def words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(plain(text)))


def language_of(texts: Sequence[str], *, otherwise: Language = "nl") -> Language:
    """The language whose stop words occur most in `texts`."""
    found = [word for text in texts for word in words(text)]
    counts = {lang: sum(word in stopwords(lang) for word in found) for lang in LANGUAGES}
    if counts["nl"] == counts["en"]:
        return otherwise
    return max(LANGUAGES, key=lambda lang: counts[lang])


def content(text: str, lang: Language) -> list[str]:
    """The words that may say something about the subject."""
    stop = stopwords(lang)
    return [word for word in words(text) if len(word) > 1 and word not in stop]


@cache
def stem(word: str, lang: Language) -> str:
    return str(_STEMMERS[lang].stemWord(word))


@cache
def _listed(lang: Language) -> tuple[dict[str, str], dict[str, str]]:
    """Words for themselves, and beginnings of words; each with the subject it speaks of."""
    alone: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    for theme, subjects in data("themes").items():
        for subject, lists in subjects.items():
            for entry in lists[lang].split() if isinstance(lists, dict) else ():
                whole = entry.endswith("=") or len(entry) < _SHORTEST_STEM
                target = alone if whole else beginnings
                target.setdefault(entry.rstrip("="), f"{theme}.{subject}")
    return alone, beginnings


@cache
def _entries(name: str, lang: Language) -> frozenset[str]:
    return frozenset(data(name)["words"][lang].split())


@cache
def listed_in(name: str, word: str, lang: Language) -> bool:
    """Whether a word, or the beginning of it, is on the list `words` of a file."""
    entries = _entries(name, lang)
    starts = (word[:length] for length in range(3, len(word) + 1))
    return f"{word}=" in entries or any(start in entries for start in starts)


@cache
def subject_of(word: str, lang: Language) -> str | None:
    """What a word speaks of ("traffic.cycling"); the longest listed word decides."""
    alone, beginnings = _listed(lang)
    if word in alone:
        return alone[word]
    for length in range(len(word), _SHORTEST_STEM - 1, -1):
        if word[:length] in beginnings:
            return beginnings[word[:length]]
    return _end_of_compound(word, alone, beginnings) if lang == "nl" else None


def _end_of_compound(word: str, alone: dict[str, str], beginnings: dict[str, str]) -> str | None:
    """A Dutch compound is what its end says: a "basisschool" is a school. Where it ends as the name
    of a street, it most often is one."""
    if word.endswith(_STREETS):
        return None
    for start in range(3, len(word) - _SHORTEST_END + 1):
        end = word[start:]
        found = beginnings.get(end) or alone.get(end)
        if found:
            return found
    return None


@lru_cache(_AT_HAND)
def subjects(text: str, lang: Language) -> tuple[str, ...]:
    """The subjects of the words, and of each two words in a row. Of a name of several words
    only the first may say something, as it may just begin the sentence: Bowling Green is not
    green."""
    names = {word for found in _NAME.findall(text) for word in words(found)[1:]}
    found = [word for word in content(text, lang) if word not in names]
    alone, beginnings = _listed(lang)
    pairs = (f"{first}-{second}" for first, second in pairwise(found))
    spoken = [*(subject_of(word, lang) for word in found)]
    spoken += [beginnings.get(pair) or alone.get(pair) for pair in pairs]
    return tuple(one for one in spoken if one)
