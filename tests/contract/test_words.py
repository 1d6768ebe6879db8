"""Every sentence of the server is there in Dutch; nothing is left from before, nothing guessed."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from deliberation.config.environment import ROOT

CATALOGUE = Path("deliberation/locale/nl/LC_MESSAGES/django.po")
PLACES = re.compile(r"%\(\w+\)[sd]|%%|\{\d*\}")
TREES = ("deliberation", "rooms", "moderation")


@pytest.fixture(scope="module")
def kept() -> polib.POFile:
    return polib.pofile(str(ROOT / CATALOGUE))


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """The sentences that are in the source now, by the same tool as `make messages`."""
    if shutil.which("xgettext") is None:
        pytest.skip("gettext is not installed. Install: apt-get install gettext")
    copy = tmp_path_factory.mktemp("source")
    for tree in TREES:
        shutil.copytree(ROOT / tree, copy / tree, ignore=shutil.ignore_patterns("*.pyc", "*.mo"))
    (copy / CATALOGUE).unlink()
    command = ["-m", "django", "makemessages", "-l", "nl", "--no-location", "--pythonpath", "."]
    settings = ["--settings", "deliberation.config.settings"]
    subprocess.run([sys.executable, *command, *settings], cwd=copy, check=True, capture_output=True)
    return polib.pofile(str(copy / CATALOGUE))


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
        for said in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            assert set(PLACES.findall(said)) == set(PLACES.findall(entry.msgid)), entry.msgid


def test_we_say_je_and_never_u(kept: polib.POFile) -> None:
    formal = re.compile(r"\b(u|uw|U|Uw)\b")
    said = [text for entry in kept for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [text for text in said if formal.search(text)] == []
