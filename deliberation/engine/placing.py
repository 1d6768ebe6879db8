"""Exchanges find the group that fits them; a look is begun, made and taken over piece by piece."""

from collections import deque
from collections.abc import Sequence
from itertools import chain

import numpy as np

from .fitting import NOWHERE
from .looking import Look, Looking, Seen, sample
from .memory import Ids
from .state import State

_AT_ONCE = 64  # exchanges: about ten milliseconds
_PASSED = 2000  # exchanges that have a group already: they cost next to nothing


def due(state: State) -> int:
    """At how many counted messages the next look begins. Decided by the log alone, so that
    messages that come one by one and all at once give the same."""
    parameters = state.parameters
    full = state.looked > parameters.sample
    grown = int(state.looked * (parameters.later if full else parameters.growth))
    return max(parameters.first_fit, state.looked + 1, grown)


def go_on(state: State) -> None:
    """What has to be done beside taking in one message."""
    work = state.parameters.work
    if state.waiting:
        _take_over(state, work)
    elif state.looking is None and state.counted >= due(state):
        place(state)
        state.looking = _begun(state) if state.telling else None
        state.looked = state.counted  # also where nothing says anything yet
    if state.looking is not None:
        found = state.looking.go_on(work)
        if found:
            _finish(state, state.looking, *found)


def place(state: State) -> None:
    """Put what changed, and is in no group by itself, in the one that fits, if one does.

    What comes of it depends on what is said by now, not on how often this was asked.
    """
    roots, state.changed = sorted(state.changed), set()
    for start in range(0, len(roots), _AT_ONCE):
        _place(state, roots[start : start + _AT_ONCE])


def _place(state: State, roots: Sequence[int]) -> None:
    found = {}
    for root in roots:
        exchange = state.exchanges[root]
        exchange.group = exchange.seen
        rows = state.substantial(root)
        (state.telling.add if rows else state.telling.discard)(root)
        if exchange.seen == NOWHERE and rows:
            found[root] = rows
    look = state.look
    if look is None or not len(look.ids) or not found:
        return
    fits = look.groups.fit(look.likeness.of(state.features, list(found.values())))
    best = fits.argmax(axis=1)
    for number, root in enumerate(found):
        if fits[number, best[number]] >= look.least[best[number]] > 0:
            state.exchanges[root].group = int(look.ids[best[number]])


def _begun(state: State) -> Looking:
    roots = sample(np.array(sorted(state.telling), np.int64), state.parameters.sample)
    exchanges = [state.exchanges[root] for root in roots]
    rows = [state.substantial(root) for root in roots]
    seen = Seen(
        features=state.features.excerpt(chain.from_iterable(rows)),
        roots=roots,
        rows=rows,
        before=np.array([one.group for one in exchanges], np.int64),
        pinned=np.array([state.links.pinned.get(root, NOWHERE) for root in roots], np.int64),
        next_id=state.next_id,
        parameters=state.parameters,
    )
    return Looking(seen)


def _finish(state: State, looking: Looking, look: Look, ids: Ids) -> None:
    """The look holds from now on; the exchanges that it did not see follow."""
    place(state)
    state.look, state.looking = look, None
    state.next_id = max(state.next_id, int(ids.max(initial=0)) + 1)
    for root, found in zip(looking.seen.roots, ids.tolist(), strict=True):
        exchange = state.exchanges[root]
        if root not in state.links.pinned:
            exchange.seen = NOWHERE if root in looking.stale else found
        exchange.group = exchange.seen
    fresh = set(looking.seen.roots) - looking.stale
    state.waiting = deque(root for root in state.exchanges if root not in fresh)
    _take_over(state, state.parameters.work)


def _take_over(state: State, work: float) -> None:
    """Who was in a group stays in it; who was in none may fit one now."""
    place(state)
    while state.waiting and work > 0:
        placed: list[int] = []
        for _ in range(min(len(state.waiting), _PASSED)):
            root = state.waiting.popleft()
            exchange = state.exchanges[root]
            exchange.seen = exchange.group
            placed += [root] if exchange.seen == NOWHERE else []
            if len(placed) == _AT_ONCE:
                break
        _place(state, placed)
        work -= 1.0
