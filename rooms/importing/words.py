"""Titles and questions from what others wrote about their conversation. Pure."""

import re

from deliberation.kernel.text import TITLE_LIMIT, normal

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(?:^|(?<=\s))[#>*_`~]+|[*_`~]+(?=\W|$)|__+", re.MULTILINE)
_SENTENCE = re.compile(r"[^.!?\n]*\?+")


def plain(text: str) -> str:
    """Without the marks of Markdown."""
    return normal(_MARKS.sub("", _LINK.sub(r"\1", text)))


def question_in(text: str) -> str:
    """The first sentence that asks something; empty where none does."""
    found = _SENTENCE.search(text)
    return " ".join(found[0].split()) if found else ""


def shortened(text: str, limit: int = TITLE_LIMIT) -> str:
    """One line of at most `limit` characters, cut between two words."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.") + "…"
