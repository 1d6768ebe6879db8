"""Word lists as people keep them: a text file with a name, a language, a ground, and entries.

    # name: Insults
    # language: en
    # ground: insult
    nitwit
    scoundrel*
    /you (are|re) (a )?(fool|clown)/

A word or phrase is found as whole words, with `*` at its end also where the word goes on. What
stands between slashes is a pattern in the syntax of RE2, which takes no longer than a text is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import re2

from deliberation.kernel.refusals import Refused, gettext_noop
from moderation.grounds import OFFERED

from .folding import folded

MOST = 10_000  # entries of a list
LONGEST = 600  # characters of an entry


def _options(memory: int) -> "re2.Options":
    """`memory`: bytes at most; a pattern that needs more is refused."""
    found = re2.Options()
    found.case_sensitive, found.log_errors, found.max_mem = False, False, memory
    return found


_ONE, _ALL = _options(8 << 20), _options(256 << 20)


@dataclass(frozen=True)
class Entry:
    """`key`: the word as it is compared, or the pattern. `goes_on`: the word may be longer."""

    written: str
    key: str
    goes_on: bool = False
    is_pattern: bool = False


@dataclass(frozen=True)
class WordList:
    """`language` is "nl", "en" or "" for any."""

    name: str
    language: str
    ground: str
    entries: tuple[Entry, ...]


def parsed(text: str) -> WordList:
    """The list in a text file. Raises Refused, with the number of the line that is wrong."""
    head = {"name": "", "language": "", "ground": ""}
    entries: list[Entry] = []
    for number, line in enumerate(text.splitlines(), start=1):
        found = line.strip()
        if found.startswith("#"):
            key, _, value = found.lstrip("# ").partition(":")
            if key.strip() in head:
                head[key.strip()] = value.strip()
        elif found:
            entries.append(_entry(found, number))
    _require(head, entries)
    return WordList(head["name"], head["language"], head["ground"], tuple(entries))


def written(found: WordList) -> Iterator[str]:
    """The same as lines of a file; `parsed` reads it back."""
    yield from head_of(found.name, found.language, found.ground)
    yield from (entry.written for entry in found.entries)


def head_of(name: str, language: str, ground: str) -> Iterator[str]:
    """The lines above the words."""
    yield f"# name: {name}"
    yield f"# language: {language}"
    yield f"# ground: {ground}"


def together(patterns: Iterable[str]) -> "re2.Set":
    """All of them at once: which of them, by number, stand in a text."""
    found = re2.Set.SearchSet(_ALL)
    for pattern in patterns:
        found.Add(pattern)
    found.Compile()
    return found


def compiled(pattern: str) -> "re2._Regexp[str]":
    """A pattern that takes linear time. Raises `re2.error`."""
    return re2.compile(pattern, _ONE)


def _entry(found: str, number: int) -> Entry:
    if len(found) > LONGEST:
        raise _wrong(number, gettext_noop("Line %(line)s is longer than %(most)s characters."))
    if len(found) > 2 and found[0] == found[-1] == "/":
        return _pattern(found, number)
    goes_on = found.endswith("*")
    key = folded(found.rstrip("*")).text.strip()
    if not any(letter.isalnum() for letter in key):
        raise _wrong(number, gettext_noop("Line %(line)s has no word in it."))
    return Entry(found, key, goes_on=goes_on)


def _pattern(found: str, number: int) -> Entry:
    try:
        matches_all = compiled(found[1:-1]).search("") is not None
    except re2.error as error:
        raise _wrong(
            number,
            gettext_noop(
                "The pattern in line %(line)s can't be read. It may not look back or ahead."
            ),
        ) from error
    if matches_all:
        raise _wrong(number, gettext_noop("The pattern in line %(line)s fits every text."))
    return Entry(found, found[1:-1], is_pattern=True)


def _require(head: dict[str, str], entries: list[Entry]) -> None:
    if not head["name"]:
        raise Refused("no_name", gettext_noop("Give the list a name, as in: # name: Insults"))
    if head["ground"] not in OFFERED:
        raise Refused("no_ground", gettext_noop("Say what the list is about: # ground: insult"))
    if head["language"] not in ("", "nl", "en"):
        raise Refused("no_language", gettext_noop("The language of a list is nl, en or nothing."))
    if not entries:
        raise Refused("empty", gettext_noop("There is no word in this list yet."))
    if len(entries) > MOST:
        raise Refused(
            "too_many",
            gettext_noop("A list has at most %(most)s entries. Split it in two."),
            values={"most": MOST},
        )


def _wrong(number: int, text: str) -> Refused:
    return Refused("bad_line", text, values={"line": number, "most": LONGEST})
