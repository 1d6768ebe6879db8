"""What becomes of a case: one table. Importing it fails where a case could get stuck. Pure."""

from enum import StrEnum

from deliberation.kernel.refusals import Refused, gettext_noop


class State(StrEnum):
    """`SECOND`: someone proposed to hide, and another person has to agree."""

    OPEN = "open"
    SECOND = "second"
    CLOSED = "closed"


class Step(StrEnum):
    """`DECIDE` is what one person does, `AGREE` what the second does; `CLOSE` ends both."""

    CLAIM = "claim"
    ASK = "ask"
    PROPOSE = "propose"
    DECIDE = "decide"
    AGREE = "agree"
    CLOSE = "close"
    REOPEN = "reopen"


STEPS: dict[Step, dict[State, State]] = {
    Step.CLAIM: {State.OPEN: State.OPEN, State.SECOND: State.SECOND},
    Step.ASK: {State.OPEN: State.OPEN, State.SECOND: State.SECOND},
    Step.PROPOSE: {State.OPEN: State.SECOND},
    Step.DECIDE: {State.OPEN: State.CLOSED},
    Step.AGREE: {State.SECOND: State.CLOSED},
    Step.CLOSE: {State.OPEN: State.CLOSED, State.SECOND: State.CLOSED},
    Step.REOPEN: {State.CLOSED: State.OPEN},
}


def after(step: Step, state: str) -> State:
    """The state that `step` leads to from `state`. Raises Refused."""
    found = STEPS[step].get(State(state))
    if found is None:
        raise _REFUSALS[State(state)]()
    return found


def _closed() -> Refused:
    return Refused("decided", gettext_noop("This was decided already. Reload the page."))


def _second() -> Refused:
    return Refused(
        "proposed",
        gettext_noop("It was proposed to hide this. Another person agrees, or says why not."),
    )


def _open() -> Refused:
    return Refused("undecided", gettext_noop("Nothing is decided about this yet."))


_REFUSALS = {State.CLOSED: _closed, State.SECOND: _second, State.OPEN: _open}


def _stuck() -> set[State]:
    """States from which no case ever gets decided."""
    ends = {State.CLOSED}
    grows = True
    while grows:
        more = {one for moves in STEPS.values() for one, to in moves.items() if to in ends}
        grows = not more <= ends
        ends |= more
    return set(State) - ends


if set(STEPS) != set(Step) or _stuck():
    raise ImportError(f"a case gets stuck: {_stuck() or set(Step) - set(STEPS)}")
