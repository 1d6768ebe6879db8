"""Every sentence is there in Dutch; nothing is left from before, nothing guessed."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from deliberation.config.environment import ROOT

HERE = Path("deliberation/locale/nl/LC_MESSAGES")
PLACES = re.compile(r"%\(\w+\)[sd]|%%|\{\d*\}")
TREES = ("deliberation", "rooms", "moderation", "frontend/src")
# What each is collected from, as in `make messages`.
DOMAINS = {"django": "html,txt,py", "djangojs": "ts"}


@pytest.fixture(scope="module", params=DOMAINS)
def domain(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def kept(domain: str) -> polib.POFile:
    return polib.pofile(str(ROOT / HERE / f"{domain}.po"))


@pytest.fixture(scope="module")
def wanted(domain: str, tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """The sentences that are in the source now, by the same tool as `make messages`."""
    if shutil.which("xgettext") is None:
        pytest.skip("gettext is not installed. Install: apt-get install gettext")
    copy = tmp_path_factory.mktemp("source")
    for tree in TREES:
        shutil.copytree(ROOT / tree, copy / tree, ignore=shutil.ignore_patterns("*.pyc", "*.mo"))
    (copy / HERE / f"{domain}.po").unlink()
    command = ["-m", "django", "makemessages", "-l", "nl", "--no-location", "--pythonpath", "."]
    command += ["-d", domain, "-e", DOMAINS[domain], "--settings", "deliberation.config.settings"]
    subprocess.run([sys.executable, *command], cwd=copy, check=True, capture_output=True)
    return polib.pofile(str(copy / HERE / f"{domain}.po"))


def test_every_sentence_in_the_source_has_its_place_in_the_catalogue(
    kept: polib.POFile, wanted: polib.POFile
) -> None:
    missing = [entry.msgid for entry in wanted if kept.find(entry.msgid) is None]
    assert not missing, "run `make messages` and translate"


def test_the_catalogue_holds_nothing_that_nobody_says(
    kept: polib.POFile, wanted: polib.POFile
) -> None:
    known = {entry.msgid for entry in wanted}
    assert [entry.msgid for entry in kept if entry.msgid not in known] == []


def test_every_sentence_is_translated_for_sure(kept: polib.POFile) -> None:
    assert [entry.msgid for entry in kept if not entry.translated() or entry.fuzzy] == []


def test_a_translation_keeps_the_places_that_are_filled_in(kept: polib.POFile) -> None:
    for entry in kept:
        for asked, said in _said(entry):
            assert set(PLACES.findall(said)) == set(PLACES.findall(asked)), asked


def test_we_say_je_and_never_u(kept: polib.POFile) -> None:
    formal = re.compile(r"\b(u|uw|U|Uw)\b")
    said = [text for entry in kept for _, text in _said(entry)]
    assert [text for text in said if formal.search(text)] == []


def _said(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """The sentence and its Dutch; of those that count, for one and for more."""
    yield entry.msgid, entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr
    if entry.msgid_plural:
        yield entry.msgid_plural, entry.msgstr_plural[1]
