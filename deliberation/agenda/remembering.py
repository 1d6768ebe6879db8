"""Which of the earlier needs a text is about: words and subjects in common. Pure.

Nothing is kept between two questions: what someone is writing is nobody's business yet.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log

from deliberation.engine.words import Language, content, language_of, subject_of
from rooms.search.words import folded, stems

TITLE = 1.6  # what a word weighs that is in the title, against one in a message
SUBJECT = 0.5  # another word for the same subject
FEWEST = 2  # words in common
LEAST = 0.4  # of what the text says
ENOUGH = 8  # words: a long text is about something as well


@dataclass(frozen=True)
class Known:
    """An earlier need. `said`: its messages. `rank`: the lower, the earlier among those found."""

    id: int
    title: str
    said: Sequence[str] = ()
    rank: int = 0


@dataclass(frozen=True)
class Match:
    """`score`: 0 … `TITLE`; how much of the text the need speaks of."""

    id: int
    score: float


@dataclass(frozen=True)
class Sign:
    """A word that says something: its stem, and what it speaks of ("traffic.cycling")."""

    stem: str
    subject: str | None


def remembered(text: str, known: Iterable[Known], *, most: int = 3) -> list[Match]:
    """The needs that `text` is about: first by rank, then by how well they fit."""
    asked, needs = signs(text), [_Need.of(one) for one in known]
    rarity = _Rarity(Counter(stem for need in needs for stem in need.stems), len(needs))
    whole = sum(nlargest(ENOUGH, (rarity(sign) for sign in asked)))
    found = [(need.known, need.fits(asked, rarity, whole)) for need in needs]
    fitting = [(one, score) for one, score in found if score >= LEAST]
    fitting.sort(key=lambda pair: (pair[0].rank, -pair[1], pair[0].id))
    return [Match(one.id, score) for one, score in fitting[:most]]


def says_enough(text: str) -> bool:
    """Whether a text can be about anything yet."""
    return len(signs(text)) >= FEWEST


def signs(text: str) -> frozenset[Sign]:
    lang = language_of([text])
    return frozenset(
        Sign(_stem(word, lang), subject_of(word, lang)) for word in content(text, lang)
    )


def _stem(word: str, lang: Language) -> str:
    dutch, english = stems(folded(word))
    return min(dutch if lang == "nl" else english, key=lambda one: (len(one), one))


@dataclass(frozen=True)
class _Rarity:
    """What is said in every need tells them apart no more."""

    needs: Counter[str]
    count: int

    def __call__(self, sign: Sign) -> float:
        return log(1 + self.count / max(1, self.needs[sign.stem]))


@dataclass(frozen=True)
class _Need:
    known: Known
    title: frozenset[str]
    stems: frozenset[str]
    subjects: frozenset[str]

    @classmethod
    def of(cls, known: Known) -> "_Need":
        title = signs(known.title)
        everything = title.union(*(signs(text) for text in known.said))
        return cls(
            known,
            frozenset(sign.stem for sign in title),
            frozenset(sign.stem for sign in everything),
            frozenset(sign.subject for sign in everything if sign.subject),
        )

    def fits(self, asked: frozenset[Sign], rarity: _Rarity, whole: float) -> float:
        weights = [self._of(sign) for sign in asked]
        score = sum(w * rarity(sign) for w, sign in zip(weights, asked, strict=True))
        enough = sum(weight > 0 for weight in weights) >= FEWEST
        return round(min(score / whole, TITLE), 4) if enough and whole else 0.0

    def _of(self, sign: Sign) -> float:
        if sign.stem in self.title:
            return TITLE
        if sign.stem in self.stems:
            return 1.0
        return SUBJECT if sign.subject in self.subjects else 0.0
