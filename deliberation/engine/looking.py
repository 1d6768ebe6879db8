"""A new look at everything there is, when there is enough that is new."""

from collections.abc import Iterable

import numpy as np

from .features import Floats
from .grouping import Labels, fit, grouped, sums_of
from .likeness import Likeness
from .memory import NOWHERE, Ids, remembered
from .parameters import Parameters
from .state import Look, State

_SPREAD = 2654435761  # Knuth's multiplier: the same exchanges for ever, spread over the log


def due(state: State) -> int:
    """At how many counted messages the next look is. Decided by the log alone, so that
    messages that come one by one and all at once give the same."""
    grown = int(state.looked * state.parameters.growth)
    return max(state.parameters.first_fit, state.looked + 1, grown)


def look(state: State) -> None:
    """Learn anew what is alike, and find the groups; those that were there keep their ids."""
    roots, rows = _sample(state)
    likeness = Likeness(state.features, rows, state.parameters)
    ids = _named(state, roots, rows, likeness.places)
    for root, group in zip(roots, ids.tolist(), strict=True):
        state.exchanges[root].group = group
    for exchange in state.exchanges.values():
        exchange.seen = exchange.group
    known = np.unique(ids[ids != NOWHERE])
    labels = np.where(ids == NOWHERE, NOWHERE, np.searchsorted(known, ids))
    state.look = Look(likeness, known, *sums_of(likeness.places, labels, len(known)))
    state.next_id = max(state.next_id, int(known.max(initial=0)) + 1)
    state.looked = state.counted
    sampled = set(roots)
    place_new(state, (root for root in state.exchanges if root not in sampled))


def place_new(state: State, roots: Iterable[int]) -> None:
    """Put exchanges that were in no group at the last look in the one that fits, if one does.

    What comes of it depends on what is said in them by now, not on how often this was asked.
    """
    found = {}
    for root in roots:
        exchange = state.exchanges[root]
        exchange.group = exchange.seen
        if exchange.seen == NOWHERE and (rows := state.substantial(root)):
            found[root] = rows
    look = state.look
    if look is None or not len(look.ids) or not found:
        return
    fits = fit(look.likeness.of(list(found.values())), look.sums, look.sizes)
    best = fits.argmax(axis=1)
    for number, root in enumerate(found):
        if fits[number, best[number]] >= state.parameters.alike:
            state.exchanges[root].group = int(look.ids[best[number]])


def _named(state: State, roots: list[int], rows: list[list[int]], places: Floats) -> Ids:
    """The id of each exchange's group."""
    parameters = state.parameters
    sizes = np.array([len(one) for one in rows], np.int64)
    fresh = _large(grouped(places, alike=parameters.alike), sizes, parameters.fewest)
    before = np.array([state.exchanges[root].group for root in roots], np.int64)
    ids = remembered(fresh, before, places, loyal=parameters.loyal, next_id=state.next_id)
    return _typical(ids, before, places, parameters)


def _sample(state: State) -> tuple[list[int], list[list[int]]]:
    """What a look learns from: all exchanges, or the newest and some of every age."""
    found = {root: rows for root in state.exchanges if (rows := state.substantial(root))}
    roots, most = list(found), state.parameters.sample
    if len(roots) > most:
        older, newest = roots[: -most // 2], roots[-most // 2 :]
        older.sort(key=lambda root: (root * _SPREAD) % 2**32)
        roots = sorted(older[: most - len(newest)]) + newest
    return roots, [found[root] for root in roots]


def _large(labels: Labels, sizes: Labels, fewest: int) -> Labels:
    """Groups of at least `fewest` messages, numbered anew; the others are none."""
    found, at = np.unique(labels, return_inverse=True)
    large = np.bincount(at, sizes, len(found)) >= fewest
    number = np.full(len(found), NOWHERE, np.int64)
    number[large] = np.arange(large.sum())
    return np.asarray(number[at], np.int64)


def _typical(ids: Ids, before: Ids, places: Floats, parameters: Parameters) -> Ids:
    """Without what fits its group badly; what was in it before is judged more mildly."""
    known, labels = np.unique(ids, return_inverse=True)
    fits = fit(places, *sums_of(places, labels, len(known)))[np.arange(len(ids)), labels]
    kept = ids.copy()
    for number, one in enumerate(known):
        inside = labels == number
        least = parameters.typical * float(np.median(fits[inside]))
        bound = np.where(before[inside] == one, least / 2, least)
        kept[inside] = np.where(fits[inside] >= bound, one, NOWHERE)
    return kept
