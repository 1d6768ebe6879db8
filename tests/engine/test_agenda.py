"""What stands on an agenda, and what does not."""

import pytest

from deliberation.engine import Contribution, agenda, update
from deliberation.engine.agenda import digest
from deliberation.engine.counting import agreement, opinion, trend
from deliberation.engine.shapes import Opinion
from deliberation.engine.smalltalk import is_agreement, is_talk
from deliberation.engine.words import language_of, subject_of, subjects
from tests.engine.material import said

DOGS = (
    "Er ligt overal hondenpoep op de stoep bij de school.",
    "Hondenpoep op de stoep is een groot probleem, er moeten bakken komen.",
    "Kunnen er bakken komen voor de hondenpoep bij het park?",
    "Mijn kind trapte in de hondenpoep op de stoep.",
)
LIGHT = (
    "De lantaarnpalen in de Beukstraat zijn al weken kapot.",
    "Het is donker in de Beukstraat, de straatverlichting doet het niet.",
    "De straatverlichting in de Beukstraat moet worden gerepareerd.",
    "Kapotte lantaarnpalen maken de Beukstraat donker en onveilig.",
)


def test_what_several_people_say_becomes_a_need_of_its_own() -> None:
    found = agenda(update(None, said(*DOGS, *LIGHT)))
    sets = {frozenset(need.messages) for need in found.needs}
    assert sets == {frozenset(f"m{n}" for n in range(4)), frozenset(f"m{n}" for n in range(4, 8))}
    assert {need.theme for need in found.needs} == {"green", "upkeep"}
    assert all(need.people == 4 for need in found.needs)


def test_one_person_saying_it_often_is_no_need() -> None:
    alone = [
        Contribution(id=one.id, author="same", at=one.at, text=one.text, lang="nl")
        for one in said(*DOGS, *LIGHT)
    ]
    assert agenda(update(None, alone)).needs == ()


def test_greetings_and_thanks_stay_out() -> None:
    talk = ("Goedemorgen allemaal!", "Dank je wel", "haha 😂", "Fijne dag buren")
    found = agenda(update(None, said(*DOGS, *LIGHT, *talk)))
    assert set(found.noise) == {f"m{n}" for n in range(8, 12)}


def test_a_short_agreeing_answer_counts_as_support_not_as_a_message() -> None:
    answer = Contribution(
        id="a", author="someone else", at=9e4, text="Ja, hier ook!", reply_to="m0", lang="nl"
    )
    found = agenda(update(None, [*said(*DOGS, *LIGHT), answer]))
    need = next(one for one in found.needs if "m0" in one.messages)
    assert need.support == ("a",)
    assert need.people == 5
    assert "a" not in need.messages


def test_stances_change_opinion_and_order_but_not_the_needs() -> None:
    state = update(None, said(*DOGS, *LIGHT))
    votes = {"m4": {f"v{n}": -1 for n in range(6)}, "m0": {f"v{n}": 1 for n in range(6)}}
    found = agenda(state, votes)
    assert {need.id for need in found.needs} == {need.id for need in agenda(state).needs}
    first, last = found.needs
    assert "m0" in first.messages
    assert (first.opinion.agree, last.opinion.disagree) == (6, 6)


def test_a_position_of_few_that_most_reject_is_shown() -> None:
    votes = {"m1": {"v1": 1, "v2": -1, "v3": -1, "v4": -1, "v5": -1}}
    found = agenda(update(None, said(*DOGS, *LIGHT)), votes)
    need = next(one for one in found.needs if "m1" in one.messages)
    (position,) = need.minority
    assert position.people == 2
    assert position.sentence.citations[0].message == "m1"


def test_a_person_counts_once_however_many_stances_they_took() -> None:
    votes = {"a": {"v": 1}, "b": {"v": 1}, "c": {"v": -1, "w": 0}}
    assert opinion("abc", votes) == Opinion(agree=1, disagree=0, unsure=1)


def test_the_group_that_agrees_least_decides() -> None:
    for_it = Opinion(agree=8, disagree=0, unsure=0)
    against = Opinion(agree=0, disagree=8, unsure=0)
    assert agreement([for_it, against]) == pytest.approx(0.1)
    assert agreement([]) == 0.5


def test_a_trend_counts_people_not_messages() -> None:
    day = 24 * 3600.0
    lines = [
        Contribution(id=str(n), author=who, at=at * day, text="x")
        for n, (who, at) in enumerate([("a", 59), ("a", 58), ("b", 50), ("c", 10)])
    ]
    assert trend(lines, 60 * day, 30) == 1


def test_the_hash_is_of_everything_else() -> None:
    found = agenda(update(None, said(*DOGS, *LIGHT)))
    assert found.hash == digest(found)
    other = agenda(update(None, said(*DOGS, *LIGHT[:3])))
    assert other.hash != found.hash


@pytest.mark.parametrize("text", ["+1", "Ja, hier ook 👍", "@Ans helemaal mee eens!", "Same here."])
def test_short_agreement_is_recognised(text: str) -> None:
    assert is_agreement(text)


@pytest.mark.parametrize(
    "text", ["De stoep is kapot", "Ja, maar de stoep ook", "+1 bank bij de eik"]
)
def test_what_says_more_is_no_short_agreement(text: str) -> None:
    assert not is_agreement(text)


@pytest.mark.parametrize("text", ["Goedemorgen!", "dankjewel hoor", "😂😂", "Good morning all"])
def test_talk_is_recognised(text: str) -> None:
    assert is_talk(text)


def test_the_end_of_a_dutch_compound_says_what_it_is() -> None:
    assert subject_of("basisschool", "nl") == "learning.school"
    assert subject_of("fietspaden", "nl") == "traffic.cycling"
    assert subject_of("tafel", "nl") is None


def test_two_words_in_a_row_may_speak_of_something_together() -> None:
    assert "green.green-space" not in set(subjects("we want green space", "en"))
    assert "green.parks" in set(subjects("we want more green space", "en"))


def test_the_language_is_that_of_the_small_words() -> None:
    assert language_of(["Het is hier te donker"]) == "nl"
    assert language_of(["It is too dark here"]) == "en"
    assert language_of(["Beukstraat"], otherwise="en") == "en"
