"""Title and summary of a need, in residents' own words."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .parameters import Parameters
from .sentences import Said, alike
from .shapes import Sentence
from .substance import cues_in
from .words import Language, plain

_LEANS = re.compile(
    r"(?:ja|nee|en|maar|want|dus|of|ook|nou|ach|oh|daar|hier|dat|die|dit|deze|dan|toen|hij|zij|ze|het"
    r"|hun|er|yes|no|and|but|so|or|also|well|oh|there|that|this|those|these|then|he|she|it|they|i|ik"
    r"|we|wij|je|jij|you|my|mijn)\b"
)
_TITLE = (4, 11)  # words that read well as a title
_CANDIDATES = 60
_READABLE = 0.4  # of how well the best one reads
_LONGEST_TITLE = 90  # characters
_LONGEST = 240
_ALONE = 0.7  # what one person says is taken off: a word that nobody else uses tells little


LeadsBack = Callable[[Sequence[tuple[str, Language]]], list[float]]
"""For each text the share of what a search for it finds first that is part of the need."""


@dataclass(frozen=True)
class Telling:
    """How much a word tells of this need against all others; and by how many people."""

    weight: Mapping[str, float]

    def of(self, said: Said) -> float:
        """Mean weight of a sentence's words, with some favour for more of them."""
        total = sum(self.weight.get(stem, 0.0) for stem in said.stems)
        return total / math.sqrt(len(said.stems) + 1)


def telling(inside: Iterable[Said], everywhere: Mapping[str, int], people: int) -> Telling:
    """Words that many people of this need use, and few others.

    `everywhere`: how many people use a word anywhere; `people`: how many there are.
    """
    users: dict[str, set[str]] = defaultdict(set)
    for said in inside:
        for stem in said.stems:
            users[stem].add(said.author)
    return Telling(
        {
            stem: (len(by) - _ALONE) * math.log(1 + people / max(everywhere.get(stem, 1), 1))
            for stem, by in users.items()
        }
    )


def title(
    inside: list[Said], words: Telling, leads_back: LeadsBack, parameters: Parameters
) -> Sentence:
    """Of the clauses that read best as a need, the one that leads back to it best."""
    fits = [one for one in inside if len(one.text) <= _LONGEST_TITLE] or inside
    reads = {one.text: one for one in sorted(fits, key=_place, reverse=True)}
    order = sorted(
        reads.values(), key=lambda one: (-_as_title(one, words), len(one.text), _place(one))
    )
    least = _READABLE * _as_title(order[0], words)
    best = [one for one in order[:_CANDIDATES] if _as_title(one, words) >= least]
    found = leads_back([(one.text, one.lang) for one in best])
    place = min(range(len(best)), key=lambda one: (-round(found[one], 2), one))
    return _sentence(best[place], inside, parameters)


def summary(inside: list[Said], words: Telling, parameters: Parameters) -> tuple[Sentence, ...]:
    """Up to three sentences that together say most; what is said twice is shown once."""
    left = [one for one in inside if one.whole and len(one.text) <= _LONGEST] or list(inside)
    chosen: list[Said] = []
    told: set[str] = set()
    while left and len(chosen) < parameters.sentences:
        best = min(left, key=lambda one: (-_adds(one, words, told), _place(one)))
        if chosen and _adds(best, words, told) < _adds(chosen[0], words, set()) / 3:
            break
        chosen.append(best)
        told |= best.stems
        left = [one for one in left if not alike(one, best, same=parameters.same)]
    return tuple(_sentence(one, inside, parameters) for one in chosen)


def keywords(inside: Iterable[str], words: Telling, stem_of: Mapping[str, str]) -> tuple[str, ...]:
    """The five most telling words, in the form in which they are written most."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for word in inside:
        forms[stem_of[word]][word] += 1
    best = sorted(words.weight.items(), key=lambda one: (-round(one[1], 6), one[0]))[:5]
    return tuple(
        min(forms[stem].items(), key=lambda one: (-one[1], one[0]))[0]
        for stem, _ in best
        if stem in forms
    )


def _as_title(said: Said, words: Telling) -> float:
    fewest, most = _TITLE
    low = plain(said.text)
    fit = 1.0 if fewest <= said.words <= most else 0.6
    asks = 1.0 + 0.15 * min(cues_in(low, said.lang), 2)
    leans = 0.6 if _LEANS.match(low) else 1.0
    question = 0.8 if "?" in said.text else 1.0
    shouts = 0.5 if said.text.isupper() else 1.0
    return round(words.of(said) * fit * asks * leans * question * shouts, 6)


def _adds(said: Said, words: Telling, told: set[str]) -> float:
    """What a sentence says that has not been told; sentences that lean on others say less."""
    fresh = sum(words.weight.get(stem, 0.0) for stem in said.stems - told)
    leans = 0.7 if _LEANS.match(plain(said.text)) else 1.0
    return round(leans * fresh / math.sqrt(len(said.stems) + 4), 6)


def _place(said: Said) -> tuple[str, int]:
    return said.message, said.start


def _sentence(said: Said, inside: list[Said], parameters: Parameters) -> Sentence:
    same = {said.author}
    same |= {one.author for one in inside if alike(one, said, same=parameters.same)}
    return Sentence(text=said.text, citations=(said.citation(),), people=len(same))
