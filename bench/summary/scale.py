"""What a summary costs as the chat grows: seconds and peak memory of whole processes."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tqdm import tqdm

from . import kept, ours, picture, sets, synthesis
from .process import measured
from .sets import Line
from .table import aligned

_LANG = "nl"
_MODULE = __package__ or ""
KMEANS, OURS, ONE_MORE = "TF-IDF + k-means", "ours", "ours, one more message"
_COMMANDS = {
    KMEANS: (sys.executable, "-m", f"{_MODULE}.alone", _LANG),
    OURS: (*ours.COMMAND, "--lang", _LANG),
    ONE_MORE: (sys.executable, "-m", f"{_MODULE}.onemore"),
}


@dataclass(frozen=True)
class Cost:
    """`seconds` is None when it did not end well (`flaw` says how). `more`: see onemore."""

    size: int
    what: str
    seconds: float | None
    megabytes: float
    more: dict[str, float] = field(default_factory=dict)
    flaw: str = ""


def run(data: Path | None, sizes: Sequence[int], limit: float, *, keeps: bool) -> int:
    """Prints and keeps the costs; returns 1 when a run of ours did not end well."""
    chats = [chat for chat in sets.labelled(data) if chat.lang == _LANG]
    chat = synthesis.chat(chats, max(sizes), _LANG)
    jobs = [(size, what) for size in sizes for what in _COMMANDS]
    known = kept.facts()
    costs = [
        _cost(what, chat[:size], limit) for size, what in tqdm(jobs, disable=None, file=sys.stderr)
    ]
    print(_table(costs))
    if keeps:
        made_of = [one.name for one in chats]
        found = {"made_of": made_of, "costs": [asdict(one) for one in costs]}
        path = kept.keep("scale", known, found)
        print(f"\nResults: {path}\nPicture: {picture.picture(costs, path.with_suffix('.png'))}")
    return int(any(cost.flaw for cost in costs if cost.what != KMEANS))


def _cost(what: str, messages: Sequence[Line], limit: float) -> Cost:
    done = measured(_COMMANDS[what], ours.lines(messages), limit)
    size = len(messages)
    if done.code is None:
        return Cost(size, what, None, done.megabytes, flaw=f"not finished after {limit:.0f} s")
    if done.code != 0:
        said = done.said.strip().splitlines() or [f"exit code {done.code}"]
        return Cost(size, what, None, done.megabytes, flaw=said[-1])
    more = json.loads(done.out) if what == ONE_MORE else {}
    return Cost(size, what, done.seconds, done.megabytes, more)


_HEAD = ("messages", "what", "s", "MB", "p50 ms", "p95 ms", "most ms", "agenda s", "")
_MORE = ("p50_ms", "p95_ms", "most_ms", "agenda_s")


def _table(costs: Sequence[Cost]) -> str:
    return aligned([_HEAD, *map(_cells, costs)])


def _cells(cost: Cost) -> tuple[str, ...]:
    seconds = "" if cost.seconds is None else f"{cost.seconds:.1f}"
    more = [f"{cost.more[name]:.1f}" if name in cost.more else "" for name in _MORE]
    return (f"{cost.size:,}", cost.what, seconds, f"{cost.megabytes:,.0f}", *more, cost.flaw)
