"""Everything at once: what should a person look at in this message, and may it wait for that?"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from deliberation.kernel.refusals import gettext_noop
from moderation.grounds import GROUNDS

from .folding import plain
from .lists import WordList, parsed
from .matching import Match, Matcher
from .seen import Hit, Kind, Seen
from .signals import SIGNALS, citizen_number
from .telling import is_told

_SAYS = gettext_noop("The word “%(word)s” stands in the list “%(list)s”.")
DATA = Path(__file__).with_name("data")


class Screen:
    """Lists, ready to be used, and all other signs."""

    def __init__(self, lists: Iterable[WordList]) -> None:
        every = list(lists)
        self._matcher = Matcher(every)
        self._grave = Matcher(one for one in every if GROUNDS[one.ground].may_hold)

    def hits(self, seen: Seen) -> list[Hit]:
        """What a person should look at, the gravest first. Empty for nearly every message."""
        found = [*self.words(seen.text), *(hit for one in SIGNALS for hit in one(seen))]
        return sorted(found, key=lambda hit: not holds(hit))

    def words(self, text: str) -> Iterator[Hit]:
        """What of the lists someone says here; what they only tell of is left out."""
        return _said(text, self._matcher.matches(text))

    def grave(self, text: str) -> list[Hit]:
        """What the text holds back, read as it stands: cheap enough to ask of every message before
        it is placed. Disguises are seen through by `hits`, a moment later."""
        found = [*_said(text, self._grave.matches_in([plain(text)])), *citizen_number(Seen(text))]
        return [hit for hit in found if holds(hit)]


def holds(hit: Hit) -> bool:
    """Whether the message may wait until a person has looked at it."""
    return hit.may_hold and GROUNDS[hit.ground].may_hold


@cache
def built_in() -> tuple[WordList, ...]:
    """The lists that come with the software, by name."""
    return tuple(parsed(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("*.txt")))


def _said(text: str, matches: Iterable[Match]) -> Iterator[Hit]:
    told: set[tuple[str, int]] = set()
    for match in matches:
        key = (match.name, match.start)
        if key not in told and not is_told(text, match.start, match.end):
            told.add(key)
            yield _hit(match, text)


def _hit(match: Match, text: str) -> Hit:
    values: dict[str, object] = {"word": text[match.start : match.end], "list": match.name}
    sure = match.ground == "threat"
    return Hit(Kind.WORDS, match.ground, _SAYS, values, match.start, match.end, may_hold=sure)
