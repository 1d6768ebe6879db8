"""The life of a need, as data. Importing this module fails where the data is wrong. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .rights import RIGHTS, Action


class State(StrEnum):
    SUGGESTED = "suggested"
    ON_AGENDA = "on_agenda"
    ASKED = "asked"
    ANSWERED = "answered"
    UNDER_WAY = "under_way"
    DONE = "done"
    CLOSED = "closed"


START = State.SUGGESTED
ENDS = frozenset({State.DONE, State.CLOSED})


class WrongLifecycle(Exception):
    """The steps don't make a life."""


@dataclass(frozen=True)
class Step:
    """From one state to another, for who has the right to `action`; with a reason if asked."""

    source: State
    target: State
    action: Action
    reason: bool = False


STEPS: tuple[Step, ...] = (
    Step(State.SUGGESTED, State.ON_AGENDA, Action.REVIEW),
    Step(State.SUGGESTED, State.CLOSED, Action.REVIEW, reason=True),
    Step(State.ON_AGENDA, State.SUGGESTED, Action.REVIEW),  # accepted by mistake
    Step(State.ON_AGENDA, State.ASKED, Action.ASK),  # or by itself, at the threshold
    Step(State.ON_AGENDA, State.CLOSED, Action.CLOSE, reason=True),
    Step(State.ASKED, State.ANSWERED, Action.ANSWER),
    Step(State.ASKED, State.CLOSED, Action.CLOSE, reason=True),
    Step(State.ANSWERED, State.UNDER_WAY, Action.PROGRESS),
    Step(State.ANSWERED, State.DONE, Action.PROGRESS),
    Step(State.ANSWERED, State.CLOSED, Action.CLOSE, reason=True),
    Step(State.UNDER_WAY, State.DONE, Action.PROGRESS),
    Step(State.UNDER_WAY, State.CLOSED, Action.CLOSE, reason=True),
    # What was closed by mistake, or merged, goes back to where it was.
    Step(State.CLOSED, State.SUGGESTED, Action.REOPEN, reason=True),
    Step(State.CLOSED, State.ON_AGENDA, Action.REOPEN, reason=True),
    Step(State.CLOSED, State.ASKED, Action.REOPEN, reason=True),
    Step(State.CLOSED, State.ANSWERED, Action.REOPEN, reason=True),
    Step(State.CLOSED, State.UNDER_WAY, Action.REOPEN, reason=True),
)


def checked(
    steps: Iterable[Step], *, states: type[StrEnum] = State, rights: Mapping[Action, object]
) -> dict[tuple[State, State], Step]:
    """Steps by where they lead from and to. Raises WrongLifecycle."""
    found: dict[tuple[State, State], Step] = {}
    for step in steps:
        if step.source not in set(states) or step.target not in set(states):
            raise WrongLifecycle(f"unknown state in {step}")
        if step.action not in rights:
            raise WrongLifecycle(f"nobody has the right to {step}")
        if (step.source, step.target) in found or step.source == step.target:
            raise WrongLifecycle(f"said twice, or leads nowhere: {step}")
        found[step.source, step.target] = step
    _require_whole(found, states)
    return found


def _require_whole(found: Mapping[tuple[State, State], Step], states: type[StrEnum]) -> None:
    onward = {(source, target) for source, target in found}
    back = {(target, source) for source, target in found}
    if lost := set(states) - _reached({START}, onward):
        raise WrongLifecycle(f"never reached: {sorted(lost)}")
    if stuck := set(states) - _reached(set(ENDS), back):
        raise WrongLifecycle(f"without an end: {sorted(stuck)}")


def _reached(start: set[State], ways: set[tuple[State, State]]) -> set[State]:
    seen = set(start)
    while more := {target for source, target in ways if source in seen} - seen:
        seen |= more
    return seen


BY_WAY = checked(STEPS, rights=RIGHTS)


def step(source: State, target: State) -> Step | None:
    """The step between two states, if there is one."""
    return BY_WAY.get((source, target))


def steps_from(source: State) -> tuple[Step, ...]:
    """Where a need can go from here."""
    return tuple(found for found in STEPS if found.source == source)
