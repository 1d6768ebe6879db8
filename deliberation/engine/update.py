"""Taking in what was said, changed and removed."""

from collections.abc import Iterable, Sequence

from threadpoolctl import threadpool_limits

from .linking import link
from .placing import go_on, place
from .shapes import Contribution, Link
from .state import Exchange, Row, State
from .substance import signs
from .words import LANGUAGES, Language, language_of


def update(
    state: State | None,
    contributions: Sequence[Contribution],
    removals: Iterable[str] = (),
    links: Iterable[Link] = (),
) -> State:
    """Read on. The state handed in is used up; go on with the one that is returned.

    First `removals` (ids) are forgotten, then `contributions` follow in the order of the log; one
    whose id is known replaces it where it stood (an edit). At last `links` hold, in their order:
    which messages people put in one need, or apart. One at a time or all at once gives the same.
    What is removed is gone from the agenda at once, and from what was learned with it at the next
    look.
    """
    with threadpool_limits(limits=1, user_api="blas"):  # sums in one order, whatever the machine
        return _read_on(state or State(), contributions, removals, links)


def _read_on(
    state: State,
    contributions: Sequence[Contribution],
    removals: Iterable[str],
    links: Iterable[Link],
) -> State:
    for one in removals:
        _forget(state, one)
    for contribution in contributions:
        _take(state, contribution)
        go_on(state)
    place(state)
    for decided in links:
        link(state, decided)
    return state


def _take(state: State, contribution: Contribution) -> None:
    number = state.row_of.get(contribution.id, len(state.rows))
    known = number < len(state.rows)
    parent = state.row_of.get(contribution.reply_to or "")
    lang = _language(state, contribution)
    read = signs(contribution.text, lang)
    if known:
        row = state.rows[number]
        state.counted -= not row.signs.nothing
        row.contribution, row.lang, row.signs = contribution, lang, read
    else:
        root = number if parent is None else state.rows[parent].root
        state.rows.append(row := Row(contribution, lang, root, read))
        state.row_of[contribution.id] = number
        state.exchanges.setdefault(root, Exchange([])).rows.append(number)
        state.features.locate(number, root, contribution.thread)
    state.counted += not read.nothing
    state.features.describe(number, contribution.text, lang)
    _touched(state, row.root)


def _language(state: State, contribution: Contribution) -> Language:
    for lang in LANGUAGES:
        if contribution.lang == lang:
            return lang
    before = state.rows[-1].lang if state.rows else "nl"
    return language_of([contribution.text], otherwise=before)


def _forget(state: State, message: str) -> None:
    number = state.row_of.pop(message, None)
    if number is None:
        return
    row = state.rows[number]
    state.counted -= not row.signs.nothing
    row.contribution = None
    state.features.describe(number, "", row.lang)
    _touched(state, row.root)


def _touched(state: State, root: int) -> None:
    state.changed.add(root)
    if state.looking is not None:
        state.looking.stale.add(root)
