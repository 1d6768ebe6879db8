"""Which clauses can stand by themselves as a title; and that a summary starts with little."""

import subprocess
import sys

import pytest

from deliberation.engine.reading import about, readable
from deliberation.engine.sentences import Said, said_in
from deliberation.engine.words import Language


def first(text: str, lang: Language) -> Said:
    return next(said_in("1", "anne", text, lang))


@pytest.mark.parametrize(
    ("fragment", "sentence", "lang"),
    [
        ("and share on social media.", "We need more sidewalks downtown.", "en"),
        ("Because that's where visitors go.", "Visitors should park near the station.", "en"),
        ("Make all future sidewalks wide enough (walking", "Make all sidewalks wide enough.", "en"),
        ("Vervallen, vervallen, vervallen.", "De bus komt bijna nooit.", "nl"),
        ("Omdat het daar zo donker is.", "Het moet lichter worden bij de tunnel.", "nl"),
        ("Ik zeg er niks meer over.", "Er moeten meer prullenbakken komen.", "nl"),
    ],
)
def test_what_leans_repeats_or_breaks_off_reads_worse(
    fragment: str, sentence: str, lang: Language
) -> None:
    assert readable(first(fragment, lang)) < readable(first(sentence, lang))


def test_a_text_that_was_cut_off_reads_worse_than_the_same_text_with_its_end() -> None:
    long = "Roads need work. " * 7 + "Bikes need lanes in the cen"
    *_, cut = said_in("1", "anne", long, "en")
    *_, whole = said_in("1", "anne", f"{long}tre.", "en")
    assert readable(cut) < readable(whole)


def test_a_subject_of_the_neighbourhood_is_what_a_need_is_about() -> None:
    assert about(first("The street lights are broken", "en")) > about(
        first("Happy birthday and enjoy the cake", "en")
    )


def test_a_summary_without_stances_calls_neither_django_apps_nor_scikit_learn() -> None:
    line = '{"id": "1", "author": "a", "text": "Er is te weinig licht op straat."}\n'
    code = (
        "import sys; from deliberation.__main__ import main; main(['summarise']); "
        "print(sorted({'sklearn', 'django.apps', 'channels'} & {*sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=line, capture_output=True, text=True, check=True
    )
    assert done.stderr.splitlines()[-1] == "[]"
