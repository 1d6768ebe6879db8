"""What people merged or split stays so, whatever comes in."""

from itertools import count

from deliberation.engine import Agenda, Contribution, Link, State, agenda, update
from tests.engine.material import chat, said
from tests.engine.test_agenda import DOGS, LIGHT


def home(found: Agenda, message: str) -> str | None:
    return next((need.id for need in found.needs if message in need.messages), None)


def both() -> State:
    return update(None, said(*DOGS, *LIGHT))


def more(first: int) -> list[Contribution]:
    numbers = count(first)
    return [
        Contribution(id=f"x{n}", author=f"y{n}", at=1e6 + n, text=f"{text} {n}", lang="nl")
        for n, text in zip(numbers, (*DOGS, *LIGHT) * 4, strict=False)
    ]


def test_two_needs_that_people_merge_are_one_and_stay_one() -> None:
    links = [Link(one="m0", other=f"m{n}", together=True) for n in range(1, 8)]
    state = update(both(), [], links=links)
    assert len(agenda(state).needs) == 1
    grown = agenda(update(state, more(0)))
    assert len({home(grown, f"m{n}") for n in range(8)}) == 1


def test_a_need_that_people_split_is_two_and_the_larger_part_keeps_the_id() -> None:
    before = home(agenda(both()), "m0")
    state = update(
        both(),
        [],
        links=[
            Link(one="m0", other="m1", together=True),
            Link(one="m0", other="m2", together=True),
            Link(one="m0", other="m3", together=False),
        ],
    )
    grown = agenda(update(state, more(0)))
    assert {home(grown, f"m{n}") for n in range(3)} == {before}
    assert home(grown, "m3") != before


def test_the_latest_word_about_two_messages_holds() -> None:
    apart = Link(one="m0", other="m1", together=False)
    state = update(both(), [], links=[apart, Link(one="m1", other="m0", together=True)])
    found = agenda(state)
    assert home(found, "m0") == home(found, "m1") is not None


def test_links_between_messages_that_are_gone_change_nothing() -> None:
    state = both()
    before = agenda(state).hash
    link = Link(one="m0", other="never seen", together=True)
    assert agenda(update(state, [], links=[link])).hash == before


def test_links_hold_through_the_looks_of_a_whole_chat() -> None:
    log = chat("brookside_en")
    state = update(None, log[:120])
    needs = [need for need in agenda(state).needs if len(need.messages) > 2][:2]
    one, other = (need.messages[0] for need in needs)
    state = update(state, [], links=[Link(one=one, other=other, together=True)])
    found = agenda(update(state, log[120:]))
    assert home(found, one) == home(found, other)
