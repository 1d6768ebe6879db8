"""The phase of a conversation, from what is known of it. Pure; `state/phase.ts` says the same."""

from collections.abc import Iterable
from typing import Literal

from deliberation.protocol.shapes import NeedView, ThreadView

Phase = Literal["open", "on_agenda", "asked", "answered", "under_way", "closed"]
# What is still to come goes first: while one need waits for an answer, nothing is "answered".
STATES: tuple[Phase, ...] = ("asked", "on_agenda", "answered", "under_way")


def phase_of(thread: ThreadView, needs: Iterable[NeedView]) -> Phase:
    """`needs`: those on the agenda of the neighbourhood, from whatever conversation."""
    if thread.state != "open":
        return "closed"
    states = {need.state for need in needs if thread.id in need.threads}
    return next((state for state in STATES if state in states), "open")
