"""What someone asks: words, "words in a row", and -words to leave out. Pure.

Whatever is typed is a question; there is no language to make mistakes in.
"""

import re
from dataclasses import dataclass

from .words import Word, has_relatives, related, words

LIMIT = 200  # characters
_PIECE = re.compile(r"([-–−]?)[\"“”„«]([^\"“”„«»]+)[\"“”„»]|([-–−]?)(\S+)")


@dataclass(frozen=True)
class Term:
    """Folded words that stand in a row. `exact`: in quotes; `without`: leave messages with it out.

    What is typed plainly is found by its beginning as well, and by other forms of the word.
    """

    words: tuple[str, ...]
    exact: bool = False
    without: bool = False

    @property
    def is_prefix(self) -> bool:
        return not (self.exact or self.without) and len(self.words[-1]) > 1

    @property
    def has_relatives(self) -> bool:
        return not self.exact and len(self.words) == 1 and has_relatives(self.words[0])

    def fits(self, text: list[Word], at: int) -> bool:
        """Whether it stands in the text from its word number `at`."""
        here = [word.folded for word in text[at : at + len(self.words)]]
        if len(here) < len(self.words) or tuple(here[:-1]) != self.words[:-1]:
            return False
        asked, last = self.words[-1], here[-1]
        return (
            last == asked
            or (self.is_prefix and last.startswith(asked))
            or (self.has_relatives and related(last, asked))
        )

    def stands_in(self, text: list[Word]) -> bool:
        return any(self.fits(text, at) for at in range(len(text)))


@dataclass(frozen=True)
class Query:
    terms: tuple[Term, ...] = ()

    @property
    def wanted(self) -> list[Term]:
        return [term for term in self.terms if not term.without]

    @property
    def unwanted(self) -> list[Term]:
        return [term for term in self.terms if term.without]

    def fits(self, text: str) -> bool:
        """Whether a text has all that is wanted and nothing that is not."""
        found = words(text)
        return all(term.stands_in(found) != term.without for term in self.terms)


def parsed(text: str) -> Query:
    """The question in `text`. Punctuation alone asks nothing."""
    terms = (_term(*piece.groups("")) for piece in _PIECE.finditer(text))
    return Query(tuple(dict.fromkeys(term for term in terms if term.words)))


def _term(minus_row: str, row: str, minus: str, plain: str) -> Term:
    found = tuple(word.folded for word in words(row or plain))
    return Term(found, exact=bool(row), without=bool(minus_row or minus))
