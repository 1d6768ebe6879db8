"""The life of a need is data, and wrong data does not get past the import."""

from enum import StrEnum
from itertools import pairwise

import pytest

from deliberation.agenda.lifecycle import (
    BY_WAY,
    ENDS,
    START,
    STEPS,
    State,
    Step,
    WrongLifecycle,
    checked,
    step,
    steps_from,
)
from deliberation.agenda.models import NeedState
from deliberation.agenda.rights import RIGHTS, Action

FEW = (
    Step(State.SUGGESTED, State.ON_AGENDA, Action.REVIEW),
    Step(State.ON_AGENDA, State.DONE, Action.PROGRESS),
)


class Three(StrEnum):
    SUGGESTED = "suggested"
    ON_AGENDA = "on_agenda"
    DONE = "done"


def test_the_states_of_the_life_are_those_that_are_stored() -> None:
    assert [state.value for state in State] == [state.value for state in NeedState]


def test_a_need_goes_from_suggested_to_done_in_the_published_order() -> None:
    way = ["suggested", "on_agenda", "asked", "answered", "under_way", "done"]
    for source, target in pairwise(way):
        assert step(State(source), State(target)), (source, target)
    assert step(State.SUGGESTED, State.ANSWERED) is None
    assert step(State.ON_AGENDA, State.ANSWERED) is None
    assert steps_from(State.DONE) == ()


def test_whatever_is_closed_is_closed_with_a_reason() -> None:
    closing = [one for one in STEPS if one.target == State.CLOSED]
    assert {one.source for one in closing} == set(State) - {State.CLOSED, State.DONE}
    assert all(one.reason for one in closing)


def test_good_steps_pass() -> None:
    assert checked(STEPS, rights=RIGHTS) == BY_WAY
    assert len(checked(FEW, states=Three, rights=RIGHTS)) == 2
    assert START not in ENDS


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ([*FEW, Step("nowhere", State.DONE, Action.ASK)], "unknown state"),  # type: ignore[arg-type]
        ([*FEW, Step(State.DONE, "nowhere", Action.ASK)], "unknown state"),  # type: ignore[arg-type]
        ([*FEW, Step(State.ON_AGENDA, State.SUGGESTED, "x")], "nobody"),  # type: ignore[arg-type]
        ([*FEW, FEW[0]], "twice"),
        ([*FEW, Step(State.DONE, State.DONE, Action.ASK)], "leads nowhere"),
        (FEW[:1], "never reached"),
        ([FEW[0], Step(State.SUGGESTED, State.DONE, Action.ASK)], "without an end"),
    ],
)
def test_wrong_steps_fail(steps: list[Step], why: str) -> None:
    with pytest.raises(WrongLifecycle, match=why):
        checked(steps, states=Three, rights=RIGHTS)
