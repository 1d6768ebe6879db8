"""Dutch that everyone reads (B1): short sentences, no officialese, one word for one thing."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from deliberation.config.environment import ROOT

HERE = ROOT / "deliberation/locale/nl/LC_MESSAGES"
CATALOGUES = [HERE / "django.po", HERE / "djangojs.po"]
LONGEST = 15  # words in a sentence
_END = re.compile(r"(?<=[.!?:])\s+|\n+| · ")
_TAG = re.compile(r"<[^>]+>")
_WORD = re.compile(r"[\w%(){}'’-]+")
OFFICIALESE = re.findall(
    r"\w+",
    "aangaande aanvang additioneel adequaat alsmede authenticatie authenticeren autorisatie "
    "betreffende bewerkstelligen bovengenoemde conform derhalve desbetreffende desgewenst dient "
    "dienen faciliteren functionaliteit genereren geschieden hetgeen hieromtrent implementeren "
    "inclusief indien ingevolge initiëren inzake krachtens middels nopens omtrent onderhavige "
    "optimaliseren participatie participeren relevant sanctie significant stakeholder tevens "
    "teneinde trachten valideren verstrekken vigerend voornoemd voorts",
)


def _sentences(path: Path) -> Iterator[str]:
    for entry in polib.pofile(str(path)):
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            yield from filter(None, _END.split(_TAG.sub("", text)))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_sentence_has_at_most_fifteen_words(path: Path) -> None:
    counted = [(len(_WORD.findall(sentence)), sentence) for sentence in _sentences(path)]
    assert len(counted) > 50
    assert [sentence for count, sentence in counted if count > LONGEST] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_nobody_talks_like_an_office(path: Path) -> None:
    said = {word.lower() for sentence in _sentences(path) for word in _WORD.findall(sentence)}
    assert said & set(OFFICIALESE) == set()


def test_the_page_says_the_same_before_and_after_it_is_live() -> None:
    pages, scripts = (_first_forms(path) for path in CATALOGUES)
    both = pages.keys() & scripts.keys()
    assert {msgid: pages[msgid] for msgid in both} == {msgid: scripts[msgid] for msgid in both}


def _first_forms(path: Path) -> dict[str, str]:
    """The Dutch of each sentence; of those that count, for one."""
    entries = polib.pofile(str(path))
    return {entry.msgid: entry.msgstr or entry.msgstr_plural[0] for entry in entries}
