"""What is asked and what is shown of an answer: rules without data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.search.excerpt import LENGTH, Part, excerpt
from rooms.search.query import Query, Term, parsed
from rooms.search.words import folded, related, words


def shown(text: str, asked: str) -> str:
    """The excerpt with [what is marked] between brackets."""
    return "".join(
        f"[{part.text}]" if part.marked else part.text for part in excerpt(text, parsed(asked))
    )


def test_capitals_and_accents_make_no_difference() -> None:
    assert folded("CAFÉ Één Crèche") == folded("cafe\u0301 een creche") == "cafe een creche"[:15]


def test_punctuation_separates_words() -> None:
    found = [
        word.folded for word in words("Speeltuin/park: e-mail naar wijk_raad@oss.nl (foto's)!")
    ]
    assert " ".join(found) == "speeltuin park e mail naar wijk raad oss nl foto s"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("straat", "straten"),
        ("boot", "boten"),
        ("fiets", "fietsen"),
        ("bench", "benches"),
        ("parking", "parked"),
    ],
)
def test_other_forms_of_a_word_are_related(one: str, other: str) -> None:
    assert related(one, other)


def test_different_words_are_not_related() -> None:
    assert not related("lamp", "lampion")
    assert not related("park", "paard")


@pytest.mark.parametrize(
    ("asked", "terms"),
    [
        ("te weinig licht", [Term(("te",)), Term(("weinig",)), Term(("licht",))]),
        ('"te weinig" licht', [Term(("te", "weinig"), exact=True), Term(("licht",))]),
        ("“te weinig”", [Term(("te", "weinig"), exact=True)]),
        ("licht -auto", [Term(("licht",)), Term(("auto",), without=True)]),
        ('licht -"de auto"', [Term(("licht",)), Term(("de", "auto"), exact=True, without=True)]),
        ("e-mail foto's", [Term(("e", "mail")), Term(("foto", "s"))]),
        ('"open quote', [Term(("open",)), Term(("quote",))]),
        ("licht licht LICHT", [Term(("licht",))]),
        (
            "NOT a AND (b* OR c:d)",
            [Term((w,)) for w in ("not", "a", "and", "b", "or")] + [Term(("c", "d"))],
        ),
        ("?! - -- \" '' * ( ) : ^", []),
        ("", []),
    ],
)
def test_a_question_is_words_words_in_a_row_and_words_to_leave_out(
    asked: str, terms: list[Term]
) -> None:
    assert parsed(asked) == Query(tuple(terms))


@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_question_of_letters_and_figures(asked: str) -> None:
    for term in parsed(asked).terms:
        assert all(words(word) and word == folded(word) for word in term.words)


def test_what_was_asked_is_marked_in_the_excerpt() -> None:
    assert shown("De straten zijn donker.", "straat") == "De [straten] zijn donker."
    assert shown("Ons Café is open.", "cafe") == "Ons [Café] is open."
    assert shown("Een speeltuin erbij.", "speel") == "Een [speeltuin] erbij."
    assert shown("Er is te weinig licht, te weinig.", '"te weinig licht"') == (
        "Er is [te weinig licht], te weinig."
    )
    assert shown("Geen auto, wel licht.", "licht -fiets") == "Geen auto, wel [licht]."
    assert shown("<b>licht</b> & lucht", "licht") == "<b>[licht]</b> & lucht"


def test_a_long_message_is_cut_where_most_of_it_stands() -> None:
    text = "licht " + "woord " * 100 + "te weinig licht op straat " + "einde " * 100
    piece = shown(text, "weinig licht")
    assert piece.startswith("… ")
    assert piece.endswith(" …")
    assert "te [weinig] [licht] op straat" in piece


@given(st.text(max_size=900), st.text(max_size=20))
def test_an_excerpt_is_a_piece_of_the_text_and_nothing_else(text: str, asked: str) -> None:
    parts = excerpt(text, parsed(asked))
    piece = "".join(part.text for part in parts if part.text not in {"… ", " …"})
    assert piece in text
    assert len(piece) <= LENGTH
    assert len(text) > LENGTH or piece == text


def test_the_excerpt_of_a_message_found_without_words_is_its_beginning() -> None:
    assert excerpt("Kort.", Query()) == [Part("Kort.")]
    assert shown("woord " * 100, "").startswith("woord woord")
