"""All figures of one engine on one set, and how steady it is while the set grows."""

import time
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean
from typing import Any

from .outcome import Engine, Outcome
from .scoring import adjusted_rand, b_cubed, kept, recall_at_k, share_inside, yield_at_k
from .sets import Labelled
from .wording import sources, titles_lead_back

Figures = dict[str, float | None]
STEPS = (0.5, 0.6, 0.7, 0.8, 0.9)
TOP = 10


def figures(found: Outcome, chat: Labelled) -> Figures:
    """Shares from 0 to 1; None where a set or an engine has nothing to judge."""
    cited = sources(found.sentences, chat.texts)
    return {
        "b_cubed": b_cubed(found.needs, chat.labels),
        "yield": yield_at_k(found.needs, chat.labels, chat.noise),
        "recall": recall_at_k(found.needs, chat.labels, chat.noise),
        "titles": titles_lead_back(found.titles, found.everything, chat.texts),
        "on_topic": share_inside(found.needs, chat.labels),
        "off_topic": share_inside(found.everything, chat.noise),
        "exact": cited.share_exact,
        "nobody": cited.share_nobody,
        "needs": len(found.needs),
    }


def steadiness(earlier: Sequence[Outcome], last: Outcome, chat: Labelled) -> Figures:
    """Means over the steps of growth; the worst step too."""
    steps = [*earlier, last]
    known = [[line["id"] for line in chat.first(share).messages] for share in STEPS[: len(earlier)]]
    rand = [
        adjusted_rand(before.everything, after.everything, messages)
        for (before, after), messages in zip(pairwise(steps), known, strict=True)
    ]
    ids = [kept(before.ids, after.ids, TOP) for before, after in pairwise(steps)]
    return {
        "steady": fmean(rand),
        "steady_least": min(rand),
        "top_kept": fmean(ids) if last.stable_ids else None,
    }


def measured(engine: Engine, chat: Labelled, *, growth: bool) -> dict[str, Any]:
    """Every step of growth is a run of its own, on the earliest part."""
    began = time.perf_counter()
    found = engine(chat.messages, chat.lang)
    result: dict[str, Any] = {"seconds": time.perf_counter() - began, **figures(found, chat)}
    if growth:
        earlier = [engine(chat.first(share).messages, chat.lang) for share in STEPS]
        result |= steadiness(earlier, found, chat)
    return result
