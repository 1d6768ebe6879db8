"""`deliberation summarise`, as a program among others: lines in, one document out."""

import json
import subprocess
import sys

import pytest

from deliberation.engine.lines import BadLine, read
from tests.engine.test_agenda import DOGS, LIGHT


def summarise(*lines: str, options: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deliberation", "summarise", *options],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
    )


def lines() -> list[str]:
    return [
        json.dumps({"id": n, "author": f"p{n}", "time": "2026-03-01T10:00:00", "text": text})
        for n, text in enumerate((*DOGS, *LIGHT))
    ]


def test_lines_become_needs_and_a_bad_line_is_told_with_its_number() -> None:
    done = summarise(*lines()[:4], "{broken", *lines()[4:], lines()[0])
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert "Line 5 is left out: this is no JSON" in done.stderr
    assert "Line 10 is left out: id '0' was there before" in done.stderr
    assert [need["people"] for need in found["needs"]] == [4, 4]
    need = found["needs"][0]
    assert need["theme"] in {"Groen en milieu", "Schoon, heel en licht"}
    assert {
        "id",
        "title",
        "summary",
        "messages",
        "agree",
        "disagree",
        "unsure",
        "keywords",
    } <= need.keys()
    assert found["hash"]
    assert found["parameters"]["version"]


def test_strict_stops_at_the_first_bad_line() -> None:
    done = summarise("nonsense", *lines(), options=("--strict",))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Line 1" in done.stderr


def test_explained_numbers_can_be_counted_again() -> None:
    found = json.loads(summarise(*lines(), options=("--explain", "--lang", "nl")).stdout)
    for need in found["needs"]:
        assert (
            len(need["explain"]["authors"]) + len(need["explain"]["supporters"]) == need["people"]
        )


def test_nothing_in_is_an_empty_agenda() -> None:
    found = json.loads(summarise().stdout)
    assert (found["needs"], found["noise"]) == ([], [])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[]", "a line is an object"),
        ('{"id": "1", "author": "a"}', '"text" is missing'),
        ('{"id": "1", "author": "a", "text": "  "}', '"text" is missing'),
        ('{"author": "a", "text": "x"}', '"id" is missing'),
        ('{"id": true, "author": "a", "text": "x"}', '"id" is missing'),
        ('{"id": "1", "text": "x"}', '"author" is missing'),
        ('{"id": "1", "author": "a", "text": "x", "time": "gisteren"}', '"time" must be'),
        ('{"id": "1", "author": "a", "text": "x", "votes": {"b": 2}}', '"votes" must be'),
        (b"\xff\xfe", "no JSON"),
    ],
)
def test_a_line_that_cannot_be_read_says_what_it_should_be(line: str | bytes, words: str) -> None:
    with pytest.raises(BadLine) as problem:
        read(line)
    assert words in str(problem.value)


def test_a_number_as_time_and_as_id_is_read() -> None:
    line = read('{"id": 7, "author": 3, "time": 12, "text": "x", "lang": "en-GB"}')
    assert (line.contribution.id, line.contribution.author) == ("7", "3")
    assert (line.contribution.at, line.contribution.lang) == (12.0, "en")
