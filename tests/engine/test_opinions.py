"""Opinion groups: worked out by hand where that can be done, and against what Polis would say."""

import json
import math
import subprocess
import sys

import msgspec
import numpy as np
import pytest

from deliberation.engine.opinions import OpinionParameters, explained, found, opinions, statements
from deliberation.engine.opinions.groups import Grouping, best
from deliberation.engine.opinions.places import places, plane
from deliberation.engine.opinions.significance import (
    Tally,
    more_than_half,
    more_than_there,
    share,
)
from deliberation.engine.opinions.stances import stances, takes_part
from deliberation.engine.opinions.telling import dividing, shared, typical
from tests.engine.test_agenda import DOGS, LIGHT
from tests.engine.test_lines import summarise

_BY = OpinionParameters()
_NAN = np.nan


def town(*camps: int) -> dict[str, dict[str, int]]:
    """Camps of people. All want statement 0 and reject 1; each camp is alone in its own three.

    Three in four pass on one of their own, and one in three did not see one of the statements,
    so that people of a camp stand near each other and not in one place.
    """
    votes: dict[str, dict[str, int]] = {str(n): {} for n in range(2 + 3 * len(camps))}
    everyone = [camp for camp, size in enumerate(camps) for _ in range(size)]
    for person, camp in enumerate(everyone):
        votes["0"][str(person)], votes["1"][str(person)] = 1, -1
        for n in range(3 * len(camps)):
            own, passes = n // 3 == camp, n % 3 == person % 4
            if person % 3 or n != person % (3 * len(camps)):
                votes[str(2 + n)][str(person)] = (0 if passes else 1) if own else -1
    return votes


def camp_of(*camps: int) -> list[set[str]]:
    ends = np.cumsum([0, *camps])
    return [{str(n) for n in range(ends[c], ends[c + 1])} for c in range(len(camps))]


def test_camps_are_found_and_numbered_by_who_was_there_first() -> None:
    found = opinions(town(30, 25, 40))
    assert [group.id for group in found.groups] == ["g1", "g2", "g3"]
    assert [set(group.members) for group in found.groups] == camp_of(30, 25, 40)
    assert found.named
    assert found.silhouette is not None
    assert found.silhouette > 0.5


def test_what_every_group_agrees_on_is_shared_and_what_only_one_wants_divides() -> None:
    found = opinions(town(30, 25))
    assert found.consensus == (("0", "agree"), ("1", "disagree"))
    assert not {"0", "1"} & set(found.dividing)
    assert found.dividing
    first, second = found.groups
    for group, own in ((first, {"2", "3", "4"}), (second, {"5", "6", "7"})):
        assert group.typical[0][1] == "agree"
        assert {one in own for one, side in group.typical if side == "agree"} == {True}
        assert {one in own for one, side in group.typical if side == "disagree"} == {False}


def test_no_group_under_ten_people_is_shown_and_none_under_twenty_named() -> None:
    assert opinions(town(30, 9)).groups == ()
    small = opinions(town(30, 12))
    assert (len(small.groups), small.named) == (2, False)
    assert opinions(town(30, 20)).named


def test_without_groups_people_still_have_a_place() -> None:
    found = opinions(town(6, 6))
    assert (found.groups, found.silhouette, found.consensus) == ((), None, ())
    assert len(found.points) == 12


@pytest.mark.parametrize("votes", [{}, {"m": {}}, {"m": {"a": 1}}, {"m": {"a": 1, "b": 1}}])
def test_next_to_nothing_makes_no_groups(votes: dict[str, dict[str, int]]) -> None:
    found = opinions(votes)
    assert (found.groups, found.named) == ((), False)


def test_who_took_few_stances_is_in_no_group_unless_there_are_few_statements() -> None:
    votes = town(30, 25)
    votes["0"]["passer-by"] = 1
    assert "passer-by" not in opinions(votes).points
    three = stances({name: {"a": 1} for name in "xyz"})
    assert takes_part(three, 7).all()


def test_the_order_of_votes_makes_no_difference() -> None:
    votes = town(30, 25)
    turned = {one: dict(reversed(votes[one].items())) for one in reversed(votes)}
    assert opinions(turned) == opinions(votes)


_PRINTS = """
import msgspec, sys
from tests.engine.test_opinions import town
from deliberation.engine.opinions import opinions
sys.stdout.buffer.write(msgspec.json.encode(opinions(town(30, 25, 40))))
"""


@pytest.mark.parametrize(("seed", "threads"), [("1", "1"), ("2", "4")])
def test_other_hash_seeds_and_threads_give_the_same_bytes(seed: str, threads: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PRINTS],
        env={
            "PYTHONHASHSEED": seed,
            "OMP_NUM_THREADS": threads,
            "OPENBLAS_NUM_THREADS": threads,
            "PYTHONPATH": ".",
        },
        capture_output=True,
        check=True,
    )
    assert done.stdout == msgspec.json.encode(opinions(town(30, 25, 40)))


def test_a_stance_that_was_not_taken_counts_as_the_mean_drawn_to_neutral() -> None:
    values = np.array([[1.0, 1.0], [1.0, _NAN], [-1.0, _NAN], [1.0, _NAN]])
    # Seen by four, sum 2: 2 / (4 + 0.5 × 4). Seen by one, sum 1: 1 / (1 + 0.5 × 4).
    assert plane(values, 0.5).middle == pytest.approx([1 / 3, 1 / 3])
    assert plane(values, 0.0).middle == pytest.approx([0.5, 1.0])


def test_who_took_a_quarter_of_the_stances_is_moved_twice_as_far() -> None:
    values = np.array([[1.0, 1, 1, 1], [-1, -1, -1, -1]])
    on = plane(values, 0.0)
    few = np.array([[1.0, _NAN, _NAN, _NAN]])
    whole, part = places(values, on)[0, 0], places(few, on)[0, 0]
    # Four equal parts of 1/2 each, so 2 in all; one of them is 1/2, twice as far is 1.
    assert (whole, part) == (pytest.approx(2.0), pytest.approx(1.0))


def test_shares_and_how_sure_they_are() -> None:
    count, seen = np.array([8]), np.array([8])
    assert share(count, seen) == pytest.approx([0.9])  # (8 + 1) / (8 + 2)
    assert more_than_half(count, seen) == pytest.approx([3.0])  # 2 × √9 × (9/9 − 1/2)
    none = np.array([0])
    # 9 of 9 here, 1 of 9 there: pooled 10/18, spread √(10/18 × 8/18 × 2/9), apart 8/9.
    z = (8 / 9) / math.sqrt(10 / 18 * 8 / 18 * 2 / 9)
    assert more_than_there(count, seen, none, seen) == pytest.approx([z])
    assert more_than_there(count, seen, count, seen) == pytest.approx([0.0])
    assert more_than_there(none, none, none, none) == pytest.approx([0.0])  # all of nobody


def tally(*rows: tuple[int, int, int]) -> Tally:
    """A row for each statement: agree, disagree, seen."""
    agree, disagree, seen = np.array(rows).T
    return Tally(agree, disagree, seen)


def test_a_majority_that_one_group_does_not_share_is_no_consensus() -> None:
    large, small = tally((50, 0, 50), (50, 0, 50)), tally((3, 7, 10), (6, 4, 10))
    whole = tally((53, 7, 60), (56, 4, 60))
    assert [(one.statement, one.side) for one in shared(whole, [large, small], _BY)] == [
        (1, "agree")
    ]


def test_five_of_a_kind_at_most_and_something_agreed_among_them() -> None:
    here = tally(*[(0, 40, 40)] * 6, (30, 10, 40))
    there = tally(*[(40, 0, 40)] * 6, (15, 25, 40))
    told = typical(here, there, _BY)
    assert [(one.statement, one.side) for one in told] == [
        (6, "agree"),
        *((n, "disagree") for n in range(4)),
    ]


def test_what_no_one_can_be_sure_of_is_not_typical_and_does_not_divide() -> None:
    here, there = tally((2, 1, 3)), tally((1, 2, 3))
    assert typical(here, there, _BY) == []
    assert dividing([here, there], _BY) == []


def test_the_furthest_apart_divides_most() -> None:
    one, other = (
        tally((20, 0, 20), (30, 0, 30), (5, 5, 10)),
        tally((8, 12, 20), (0, 30, 30), (5, 5, 10)),
    )
    assert dividing([one, other], _BY) == [1, 0]


def test_of_groupings_with_a_group_too_small_none_is_chosen() -> None:
    labels = np.zeros(1, np.int64)
    apart, near = Grouping(labels, 0.9, (95, 5)), Grouping(labels, 0.4, (50, 50))
    assert best([apart, near], 10) is near
    assert best([apart], 10) is None


def test_groups_that_are_given_are_told_by_the_same_rules() -> None:
    votes = town(30, 25)
    found = opinions(votes)
    again = statements(votes, {group.id: group.members for group in found.groups})
    assert (again.consensus, again.groups) == (found.consensus, found.groups)


def test_every_value_on_the_way_can_be_shown() -> None:
    told = explained(found(town(30, 25)))
    assert told["people"] == {"with stances": 55, "taking part": 55}
    assert {"statement": "0", "side": "agree", "share": round(56 / 57, 6)}.items() <= told[
        "consensus"
    ][0].items()  # type: ignore[index]
    assert msgspec.json.encode(told)
    assert explained(found({}))["tried"] == []


def test_summarise_tells_the_groups_and_what_each_thinks_of_a_need() -> None:
    camps = {f"v{n}": (1 if n < 25 else -1) for n in range(50)}
    lines = [
        json.dumps(
            {
                "id": n,
                "author": f"p{n}",
                "text": text,
                "votes": {
                    who: (1 if text in LIGHT else side)
                    for who, side in camps.items()
                    if int(who[1:]) % 8 != n
                },
            }
        )
        for n, text in enumerate((*DOGS, *LIGHT))
    ]
    done = summarise(*lines, options=("--lang", "nl", "--explain"))
    told = json.loads(done.stdout)
    assert [set(group["members"]) for group in told["groups"]] == [
        {f"v{n}" for n in range(25)},
        {f"v{n}" for n in range(25, 50)},
    ]
    dogs = next(need for need in told["needs"] if "0" in need["messages"])
    assert [(one["agree"], one["disagree"]) for one in dogs["by_group"]] == [(25, 0), (0, 25)]
    assert [told["needs"].index(dogs), len(told["needs"])] == [1, 2]  # half the town is against
    assert told["opinions"]["named"]
    assert told["opinions"]["parameters"]["fewest"] == 10
    assert {one["sizes"][0] for one in told["opinions"]["explain"]["tried"][:1]} == {25}
