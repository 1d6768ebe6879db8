"""Whether a clause can stand by itself as the title of a need."""

import re
from functools import cache

from .sentences import Said
from .substance import cues_in, signs
from .words import Language, data, plain, stopwords, words

_FEWEST, _MOST = 4, 12  # words that read well as a title
_LONGEST = 90  # characters
_VARIED = 0.75  # of the words are different ones, unless it is a cry
_OPEN = re.compile(r"\([^)]*$|^[^(]*\)|\[[^\]]*$|\.\.+$|…$")


def readable(said: Said) -> float:
    """0 … 1. A whole sentence with a verb or a wish reads best; what leans on what was said before,
    what breaks off, and what only one person can say of himself reads badly."""
    low = plain(said.text)
    found = words(said.text)
    fits = _FEWEST <= said.words <= _MOST and len(said.text) <= _LONGEST
    return (
        (1.0 if fits else 0.5)
        * (1.0 if said.whole else 0.6)
        * (0.3 if leans_on_others(said) else 1.0)
        * (0.3 if _breaks_off(said, found) else 1.0)
        * (1.0 if _says(said.lang, "verbs").search(low) else 0.5)
        * (1.0 + 0.15 * min(cues_in(low, said.lang), 2))
        / 1.3
        * (0.6 if _says(said.lang, "person").search(low) else 1.0)
        * (0.7 if "?" in said.text else 1.0)
        * (0.5 if said.text.isupper() or len(set(found)) < _VARIED * len(found) else 1.0)
    )


def about(said: Said) -> float:
    """0 … 1: more when it names a subject of the neighbourhood, less with words of small talk."""
    found = signs(said.text, said.lang)
    return (1.0 if found.subjects else 0.5) * (0.5 if found.talk else 1.0)


def leans_on_others(said: Said) -> bool:
    """Whether it begins in the middle of a thought."""
    return _says(said.lang, "leans").match(plain(said.text)) is not None


def _breaks_off(said: Said, found: tuple[str, ...]) -> bool:
    """Whether it ends or begins halfway: an open bracket, a last word that asks for another, a text
    that was cut at the most characters that could be sent."""
    dangling = found[-1] in _says_last(said.lang)
    return said.cut or dangling or _OPEN.search(said.text) is not None


@cache
def _says(lang: Language, kind: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{data('reading')[kind][lang]})\b")


@cache
def _says_last(lang: Language) -> frozenset[str]:
    return frozenset(data("reading")["last"][lang].split()) & stopwords(lang)
