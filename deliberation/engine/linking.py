"""Putting messages in one need, or apart, as people decided."""

from collections import Counter
from collections.abc import Sequence

from .fitting import NOWHERE
from .shapes import Link
from .state import State


def link(state: State, decided: Link) -> None:
    """Put the exchanges of two messages in one group, or apart, for good.

    Nothing happens when a message is not there, or when both are part of one exchange: a message
    and what answers it are never taken apart.
    """
    rows = [state.row_of.get(one) for one in (decided.one, decided.other)]
    roots = [state.rows[row].root for row in rows if row is not None]
    if len(roots) < 2 or roots[0] == roots[1]:
        return
    one, other = roots
    state.links.decide(one, other, together=decided.together)
    if decided.together:
        whole = state.links.joined(one)
        _pin(state, whole, _shared(state, whole))
    else:
        first, second = sorted((state.links.joined(one), state.links.joined(other)), key=_weight)
        _pin(state, second, _shared(state, second, but=first))
        _pin(state, first, _shared(state, first))


def _weight(roots: list[int]) -> tuple[int, int]:
    """Few exchanges before many, late ones before early ones: these give way."""
    return len(roots), -min(roots)


def _shared(state: State, roots: list[int], but: Sequence[int] = ()) -> int:
    """The group that most of them are in and that is free of what they are kept apart from; a new
    one when there is none. `but`: those that give way."""
    apart = state.links.kept_apart(roots) - {*roots, *but}
    taken = {state.exchanges[one].group for one in apart} | {NOWHERE}
    groups = Counter(state.exchanges[root].group for root in roots)
    free = [(-count, group) for group, count in groups.items() if group not in taken]
    if free:
        return min(free)[1]
    state.next_id += 1
    return state.next_id - 1


def _pin(state: State, roots: list[int], group: int) -> None:
    for root in roots:
        state.links.pinned[root] = group
        state.exchanges[root].group = state.exchanges[root].seen = group
