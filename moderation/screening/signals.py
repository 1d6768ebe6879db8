"""Signs that are no words: private details, links, floods, shouting, borrowed names. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from deliberation.kernel.refusals import gettext_noop
from moderation.private import Kind as Private
from moderation.private import details

from .folding import folded
from .seen import Hit, Kind, Seen

_LINK = re.compile(r"\bhttps?://|\bwww\.[a-z0-9-]+\.", re.IGNORECASE)
_FLOOD = 6  # messages in ten minutes
_ALIKE = 0.8  # share of shingles
_LETTERS = 30  # fewer letters are no shouting
_MARKS = 3  # combining marks in a row, more than any living orthography needs
_OFFICE = re.compile(r"^(info|contact|gemeente|wijk\w*|buurt\w*|post|secretariaat|redactie)@")
_DETAILS = {
    Private.BSN: gettext_noop("A citizen service number stands in it."),
    Private.IBAN: gettext_noop("An account number stands in it."),
    Private.PHONE: gettext_noop("A phone number stands in it."),
    Private.ADDRESS: gettext_noop("A home address stands in it."),
    Private.EMAIL: gettext_noop("An e-mail address stands in it."),
}


def private(seen: Seen, only: Private | None = None) -> Iterator[Hit]:
    """Only a citizen service number is sure to be nobody else's business."""
    for one in details(seen.text, only):
        if one.kind == Private.EMAIL and _OFFICE.match(seen.text[one.start : one.end].lower()):
            continue
        sure = one.kind == Private.BSN
        yield Hit(Kind.PRIVATE, "personal_data", _DETAILS[one.kind], {}, one.start, one.end, sure)


def citizen_number(seen: Seen) -> Iterator[Hit]:
    """That one alone, without a look for the rest."""
    return private(seen, Private.BSN)


def link(seen: Seen) -> Iterator[Hit]:
    found = _LINK.search(seen.text)
    if found and seen.new:
        says = gettext_noop("Someone who is new here shares a link.")
        yield Hit(Kind.LINK, "spam", says, {}, *found.span())


def flood(seen: Seen) -> Iterator[Hit]:
    """Once for a flood: who goes on is the same case."""
    if len(seen.lately) == _FLOOD and not all(len(one) > 200 for one in seen.lately):
        says = gettext_noop("%(count)s messages by the same person in ten minutes.")
        yield Hit(Kind.FLOOD, "spam", says, {"count": len(seen.lately) + 1})


def same(seen: Seen) -> Iterator[Hit]:
    """The same again, by one person or by several; short answers are often alike by chance."""
    mine = shingles(seen.text)
    if len(mine) < 6:
        return
    own = sum(alike(mine, shingles(one)) >= _ALIKE for one in seen.lately)
    all_of_them = own + sum(alike(mine, shingles(one)) >= _ALIKE for one in seen.others)
    if own >= 1 or all_of_them >= 2:
        says = gettext_noop("Nearly the same text was posted %(count)s times before.")
        yield Hit(Kind.SAME, "spam", says, {"count": all_of_them}, may_hold=own >= 2)


def shouting(seen: Seen) -> Iterator[Hit]:
    letters = [sign for sign in seen.text if sign.isalpha()]
    capitals = sum(sign.isupper() for sign in letters)
    if len(letters) >= _LETTERS and capitals / len(letters) > 0.7:
        yield Hit(Kind.SHOUTING, "insult", gettext_noop("It is nearly all in capitals."))


def name(seen: Seen) -> Iterator[Hit]:
    """A name that reads as that of a member of staff."""
    mine = skeleton(seen.author)
    for one in seen.names:
        if mine and one != seen.author and skeleton(one) == mine:
            says = gettext_noop("The name looks like %(name)s, who works for the municipality.")
            yield Hit(Kind.NAME, "impersonation", says, {"name": one})


def marks(seen: Seen) -> Iterator[Hit]:
    row = 0
    for place, sign in enumerate(seen.text):
        row = row + 1 if unicodedata.combining(sign) else 0
        if row > _MARKS:
            says = gettext_noop("Many marks are piled on one letter.")
            yield Hit(Kind.MARKS, "spam", says, {}, place, place + 1)
            return


@lru_cache(maxsize=1024)
def shingles(text: str) -> frozenset[str]:
    """Every three words that follow each other."""
    words = re.findall(r"\w+", folded(text).text)
    return frozenset(" ".join(words[i : i + 3]) for i in range(len(words) - 2))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard's index: 0 (nothing in common) to 1 (the same)."""
    return len(one & other) / len(one | other) if one and other else 0.0


def skeleton(text: str) -> str:
    """A name without what the eye passes over."""
    return re.sub(r"[^a-z]", "", folded(f"{text} ").text.replace("rn", "m").replace("vv", "w"))


SIGNALS: tuple[Callable[[Seen], Iterator[Hit]], ...] = (
    private,
    link,
    flood,
    same,
    shouting,
    name,
    marks,
)
