"""Title and summary of a need, in residents' own words."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from .parameters import Parameters
from .reading import about, leans_on_others, readable
from .sentences import Said, alike
from .shapes import Sentence
from .words import Language

_CANDIDATES = 100
_LEADS = 0.05  # how much a title is worth of which a search finds nothing of its need, against 1.05
_READS = 0.5  # how much reading well counts beside leading back: a power
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
    """The clause that reads as a need, tells what it is about and leads back to it."""
    first = {one.text: one for one in sorted(inside, key=_place, reverse=True)}
    worth = {text: _as_title(one, words) for text, one in first.items()}
    order = sorted(first.values(), key=lambda one: (-worth[one.text], len(one.text), _place(one)))
    best = order[:_CANDIDATES]
    found = leads_back([(one.text, one.lang) for one in best])
    scores = [
        round((about(one) * worth[one.text]) ** _READS * (_LEADS + leads), 6)
        for one, leads in zip(best, found, strict=True)
    ]
    return _sentence(best[scores.index(max(scores))], inside, parameters)


def summary(inside: list[Said], words: Telling, parameters: Parameters) -> tuple[Sentence, ...]:
    """Up to three sentences that together say most; what is said twice is shown once."""
    left = [one for one in inside if one.whole and len(one.text) <= _LONGEST] or list(inside)
    left = nsmallest(_CANDIDATES, left, lambda one: (-_adds(one, words, set()), _place(one)))
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
    return round(readable(said) * math.sqrt(max(words.of(said), 0.0)), 6)


def _adds(said: Said, words: Telling, told: set[str]) -> float:
    """What a sentence says that has not been told; sentences that lean on others say less."""
    fresh = sum(words.weight.get(stem, 0.0) for stem in said.stems - told)
    leans = 0.7 if leans_on_others(said) else 1.0
    return round(leans * fresh / math.sqrt(len(said.stems) + 4), 6)


def _place(said: Said) -> tuple[str, int]:
    return said.message, said.start


def _sentence(said: Said, inside: list[Said], parameters: Parameters) -> Sentence:
    same = {said.author}
    same |= {one.author for one in inside if alike(one, said, same=parameters.same)}
    return Sentence(text=said.text, citations=(said.citation(),), people=len(same))
