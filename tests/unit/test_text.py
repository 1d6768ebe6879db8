"""What residents' words may be made of."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.kernel.refusals import Refused
from deliberation.kernel.text import (
    COMBINING_LIMIT,
    MESSAGE_LIMIT,
    NAME_LIMIT,
    STRIPPED,
    TITLE_LIMIT,
    line,
    message_text,
    normal,
    passage,
)

MARKS = "\u0301\u0323\u0334\u20dd\u05b0\u3099\u0653\u0e31\u1b44\u0489\u093c\ufe0f"
TRICKY = st.text(
    st.one_of(
        st.sampled_from(
            " \t\n\r\v\f\x85\x00\u2028\u2029\u200b\u200c\u200d\u202e\u2066\ufeff\u2800"
        ),
        st.sampled_from(MARKS),
        st.sampled_from("aeé\u212b\u304b\u0627\u1100\u1161\u09c7\u09be😀🏽\U000e0067"),
        st.characters(),
        st.characters(categories=["Cs", "Mn", "Mc", "Me"]),
    ),
    max_size=120,
)


@given(TRICKY)
def test_doing_it_twice_changes_nothing(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize("base", ["a", "か", "ا", "ে"])
@pytest.mark.parametrize("first", MARKS)
@pytest.mark.parametrize("second", MARKS)
def test_a_flood_of_mixed_marks_is_cut_once_and_for_all(base: str, first: str, second: str) -> None:
    text = base + first * 8 + "\u20dd" + second * 8 + "\u0301" + first
    assert normal(normal(text)) == normal(text)
    assert len(normal(text)) <= 1 + COMBINING_LIMIT


@given(TRICKY)
def test_no_stripped_character_gets_through(text: str) -> None:
    codes = {ord(letter) for letter in normal(text)}
    assert not [code for code in codes if any(a <= code <= b for a, b, _ in STRIPPED)]


@given(TRICKY)
def test_the_result_is_composed_and_can_be_encoded(text: str) -> None:
    found = normal(text)
    assert unicodedata.is_normalized("NFC", found)
    assert found.encode().decode() == found
    assert found == found.strip()
    assert "\n\n\n" not in found


@pytest.mark.parametrize(("first", "last", "why"), STRIPPED)
def test_each_row_of_the_published_table_is_stripped(first: int, last: int, why: str) -> None:
    for code in (first, (first + last) // 2, last):
        assert normal(f"a{chr(code)}b").replace("\n", "") == "ab", why


@pytest.mark.parametrize(
    ("given_words", "kept"),
    [
        ("cafe\u0301", "café"),
        ("\u212bngstro\u0308m", "Ångström"),
        ("een\r\ntwee\rdrie", "een\ntwee\ndrie"),
        ("een\u2028twee\x85drie", "een\ntwee\ndrie"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a\n \n\t\n \nb", "a\n\nb"),
        ("a\n  - b\n  - c", "a\n  - b\n  - c"),
        ("  \n tekst \n ", "tekst"),
        ("plein\u202egnul", "pleingnul"),
        ("👩\u200d👧\u200d👦 ❤\ufe0f 👍🏽", "👩\u200d👧\u200d👦 ❤\ufe0f 👍🏽"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
        ("မြွှောင်း", "မြွှောင်း"),
        ("ก" + "\u0e49" * 40, "ก" + "\u0e49" * COMBINING_LIMIT),
        ("a" + "\u0301\u200d" * 40, "á" + "\u200d\u0301" * COMBINING_LIMIT + "\u200d" * 34),
        ("<script>alert(1)</script> & [x](y)", "<script>alert(1)</script> & [x](y)"),
    ],
)
def test_words_stay_what_they_mean(given_words: str, kept: str) -> None:
    assert normal(given_words) == kept


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t", "\u200d", "\u2800 \u200c", "\ufe0f\ufe0f", "\u202e\u2066"]
)
def test_what_cannot_be_seen_is_empty(text: str) -> None:
    for judge in (message_text, lambda words: line(words, limit=NAME_LIMIT)):
        with pytest.raises(Refused) as refused:
            judge(text)
        assert refused.value.code == "empty"


@pytest.mark.parametrize("text", [".", "?", "👍", "🫨", "1", "က", "ـ"])
def test_one_visible_character_is_something(text: str) -> None:
    assert message_text(text) == text


def test_the_limit_counts_what_is_left() -> None:
    assert len(message_text("e\u0301" * MESSAGE_LIMIT)) == MESSAGE_LIMIT
    assert message_text("a" * MESSAGE_LIMIT + "\u200b" * 50 + "\n" * 50)
    with pytest.raises(Refused) as refused:
        message_text("a" * (MESSAGE_LIMIT + 1))
    assert refused.value.code == "too_long"
    assert refused.value.values == {"length": MESSAGE_LIMIT + 1, "limit": MESSAGE_LIMIT}
    assert str(MESSAGE_LIMIT) in refused.value.text % refused.value.values


def test_a_title_is_one_line() -> None:
    assert line(" Te \n weinig\t\u00a0 licht ", limit=TITLE_LIMIT) == "Te weinig licht"
    assert line("x" * TITLE_LIMIT, limit=TITLE_LIMIT)
    with pytest.raises(Refused, match="too_long"):
        line("x" * (TITLE_LIMIT + 1), limit=TITLE_LIMIT)


def test_a_passage_may_be_empty_but_not_too_long() -> None:
    assert passage(" \n", limit=10) == ""
    assert passage("een\ntwee", limit=10) == "een\ntwee"
    with pytest.raises(Refused, match="too_long"):
        passage("x" * 11, limit=10)


@given(TRICKY)
def test_a_line_is_a_line_however_often_it_is_cleaned(text: str) -> None:
    with suppress(Refused):
        once = line(text, limit=500)
        assert "\n" not in once
        assert line(once, limit=500) == once
