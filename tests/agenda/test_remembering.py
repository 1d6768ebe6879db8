"""Which earlier need a text is about; no database."""

from deliberation.agenda.remembering import Known, remembered, says_enough

CROSSING = Known(
    1,
    "Veilig oversteken bij de school",
    ["Mijn dochter durft hier niet over te steken.", "Er moet een zebrapad bij de Linde komen."],
)
BENCH = Known(2, "Een bankje onder de linde", ["Mijn moeder wil onderweg even kunnen zitten."])
LIGHT = Known(3, "Meer licht in het park", ["Het is er 's avonds erg donker."])
ALL = [CROSSING, BENCH, LIGHT]


def found(text: str) -> list[int]:
    return [match.id for match in remembered(text, ALL)]


def test_other_forms_of_the_same_words_are_about_the_same() -> None:
    assert found("De kinderen kunnen niet veilig oversteken naar scholen") == [1]


def test_words_of_a_message_count_as_well() -> None:
    assert found("Een zebrapad voor mijn dochter") == [1]


def test_a_long_text_is_about_something_too() -> None:
    text = (
        "Vanmorgen fietste ik met mijn jongste langs het plein, het regende en niemand stopte. "
        "Ik vind dat we eindelijk een zebrapad bij de school moeten hebben, dan kan iedereen "
        "veilig oversteken en hoef ik niet elke ochtend mee te lopen."
    )
    assert found(text)[0] == 1


def test_one_word_in_common_is_not_enough() -> None:
    assert found("Wie gaat er mee naar het park?") == []
    assert found("Goedemorgen allemaal!") == []


def test_what_was_answered_comes_first() -> None:
    text = "Een bankje in het park, met licht bij de linde"
    waiting, answered = remembered(text, [Known(1, BENCH.title, rank=1), Known(2, LIGHT.title)])
    assert (waiting.id, answered.id) == (2, 1)


def test_english_is_remembered_too() -> None:
    known = [Known(7, "A safe crossing near the school", ["Cars never stop here."])]
    text = "The cars don't stop when children cross to the schools"
    assert [match.id for match in remembered(text, known)] == [7]


def test_two_words_that_say_something_are_enough_to_ask() -> None:
    assert says_enough("zebrapad school")
    assert not says_enough("ja hoor")
    assert not says_enough("")
