"""Whether a line of a chat says something about the neighbourhood, or is small talk.

A sum of signs, each of which can be shown: of the line itself, and of the exchange it is part of
(the message that began it and all that answer). The weights were fitted on a Dutch chat and
rounded; `make bench-summary` shows what they let through.
"""

import re
from dataclasses import dataclass
from functools import cache

from .smalltalk import is_agreement, is_talk
from .words import Language, content, data, listed_in, plain, subjects, words

_LONG = 10  # words that say something; more make no difference
_SHORT = 3


@dataclass(frozen=True)
class Signs:
    """`subjects`: what it speaks of (at most 3); `talk`: words of small talk (at most 3).

    `cues`: ways of saying that something is wrong, needed or wished for; `civic`: whether it
    speaks of plans, the council or residents; `content`: words that say something (at most 10).
    `opening`: whether it asks neighbours for something of one's own.
    """

    subjects: int
    talk: int
    cues: int
    civic: bool
    content: int
    opening: bool
    nothing: bool

    @property
    def score(self) -> float:
        short = self.content < _SHORT
        said = 0.4 * self.subjects + 0.6 * self.cues + 0.3 * self.civic + 0.32 * self.content
        return said - 1.1 * self.talk - 0.8 * self.opening - 0.9 * self.nothing - 0.7 * short


def signs(text: str, lang: Language) -> Signs:
    """Read one line."""
    low = plain(text)
    civic = _cues(lang)[-1]
    return Signs(
        subjects=min(len(set(subjects(text, lang))), 3),
        talk=min(sum(listed_in("smalltalk", word, lang) for word in words(text)), 3),
        cues=cues_in(low, lang),
        civic=civic.search(low) is not None,
        content=min(len(content(text, lang)), _LONG),
        opening=_openings(lang).match(low) is not None,
        nothing=is_talk(text) or is_agreement(text),
    )


def substance(own: Signs, exchange: list[Signs]) -> float:
    """Above 0: about the neighbourhood. `exchange` begins with the message that began it."""
    share = 1 / len(exchange)
    civic = sum(one.subjects > 0 for one in exchange) * share
    talk = sum(one.talk > 0 for one in exchange) * share
    cues = sum(one.cues for one in exchange) * share
    around = 1.4 * civic - talk + 0.4 * cues - 1.2 * exchange[0].opening
    return own.score + around - 1.0


def cues_in(low: str, lang: Language) -> int:
    """How many ways of saying that something is wrong, needed or wished for are in a text."""
    return sum(cue.search(low) is not None for cue in _cues(lang)[:-1])


@cache
def _cues(lang: Language) -> list[re.Pattern[str]]:
    return [re.compile(one) for one in data("cues")[lang]]


@cache
def _openings(lang: Language) -> re.Pattern[str]:
    return re.compile("|".join(data("smalltalk")["openings"][lang]))
