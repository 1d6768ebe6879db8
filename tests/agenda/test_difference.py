"""What changed between two versions, worked out by hand."""

from typing import Any

from deliberation.agenda.difference import Difference, Moved, Stepped, difference


def a_need(id: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": id,
        "state": "on_agenda",
        "sentences": [{"place": 0, "citations": [{"message": id, "start": 0, "end": 5}]}],
        "responses": [],
        "due_on": None,
    } | fields


def content(*needs: dict[str, Any]) -> dict[str, Any]:
    return {"needs": list(needs)}


ONE, TWO, THREE, FOUR = (a_need(pk) for pk in range(1, 5))


def test_two_of_the_same_have_no_difference() -> None:
    assert not difference(content(ONE, TWO), content(ONE, TWO))


def test_in_the_first_version_all_is_new() -> None:
    assert difference(None, content(ONE, TWO)) == Difference(
        added=[ONE, TWO], gone=[], moved=[], reworded=[], answered=[], stepped=[], postponed=[]
    )


def test_what_is_new_or_gone_moves_nobody() -> None:
    found = difference(content(ONE, TWO, THREE), content(FOUR, TWO, THREE))
    assert (found.added, found.gone, found.moved) == ([FOUR], [ONE], [])


def test_two_that_changed_places_both_moved() -> None:
    found = difference(content(ONE, TWO, THREE), content(TWO, ONE, THREE))
    assert found.moved == [Moved(TWO, 2, 1), Moved(ONE, 1, 2)]


def test_other_words_or_another_source_is_another_wording() -> None:
    now = a_need(1, sentences=[{"place": 0, "citations": [{"message": 1, "start": 0, "end": 9}]}])
    assert difference(content(ONE), content(now)).reworded == [now]


def test_a_new_answer_is_an_answer_and_an_old_one_is_not() -> None:
    first, second = {"kenmerk": "BH-2026-0007"}, {"kenmerk": "BH-2026-0009"}
    was = a_need(1, state="answered", responses=[first])
    now = a_need(1, state="answered", responses=[first, second])
    assert difference(content(ONE), content(was)).answered == [was]
    assert difference(content(was), content(was)).answered == []
    assert difference(content(was), content(now)).answered == [now]


def test_another_state_tells_what_it_was() -> None:
    now = a_need(1, state="asked", due_on="2026-05-01")
    found = difference(content(ONE), content(now))
    assert found.stepped == [Stepped(now, "on_agenda")]
    assert found.postponed == []


def test_a_later_day_for_the_answer_is_a_delay_and_an_earlier_one_is_not() -> None:
    was = a_need(1, due_on="2026-05-01")
    later, sooner = a_need(1, due_on="2026-05-20"), a_need(1, due_on="2026-04-20")
    assert difference(content(was), content(later)).postponed == [later]
    assert difference(content(was), content(sooner)).postponed == []
