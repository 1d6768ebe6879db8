"""Opinion groups beside those of Polis: the same people together, the same statements told.

The groups are those of `deliberation summarise`. For the statements the groups that Polis found are
handed to the engine itself, since a summary has no place for them.
"""

import json
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sklearn.metrics import adjusted_rand_score

from deliberation.engine.opinions import statements

from . import polis
from .ours import NAME
from .ours import run as summarised
from .polis import Conversation
from .process import measured
from .table import aligned, judged, share
from .targets import Target

RAND, CONSENSUS, TYPICAL = "as Polis", "consensus", "typical"
# Conversation → figure → the least it has to be. Others are shown, and judged by who reads.
LEAST = {
    "american-assembly.bowling-green": {RAND: 0.8},
    "polismath_transport": {RAND: 0.55, CONSENSUS: 1.0, TYPICAL: 0.67},
}
_LIMIT = 600.0  # seconds


@dataclass(frozen=True)
class Grouped:
    """What an engine made of a conversation; `flaw`: why there is nothing.

    `values`: adjusted Rand index over the people that both put in a group, silhouette, and the
    share of Polis' statements that are told for the groups of Polis.
    """

    conversation: str
    engine: str
    sizes: list[int]
    values: dict[str, float | None]
    seconds: float
    flaw: str = ""


def run(data: Path | None) -> dict[str, Any] | None:
    """Prints two tables; what is kept of them. None without a conversation."""
    chats = list(polis.conversations(data, polis.folder()))
    if not chats:
        print("\nNo opinion groups to compare with (BENCH_POLIS or BENCH_DATA).")
        return None
    found = [one for chat in chats for one in _measured(chat)]
    reached = list(targets(found))
    print(f"\n{_table(found)}\n\n{judged(reached) if reached else ''}")
    return {
        "groups": [asdict(one) for one in found],
        "targets": [asdict(one) | {"met": one.met} for one in reached],
        "met": all(one.met for one in reached),
    }


def rand(ours: Mapping[str, str], theirs: Mapping[str, str]) -> float | None:
    """Adjusted Rand index over the people in both; None without any."""
    both = sorted(ours.keys() & theirs.keys())
    if not both:
        return None
    return float(adjusted_rand_score([theirs[one] for one in both], [ours[one] for one in both]))


def told(chat: Conversation) -> dict[str, float | None]:
    """The shares of Polis' consensus and typical statements that our rules tell as well."""
    if not chat.typical:
        return {}
    members = {
        group: [one for one, its in chat.groups.items() if its == group] for group in chat.typical
    }
    found = statements(chat.votes, members)
    both = sum(len(chat.typical[group.id] & set(group.typical)) for group in found.groups)
    return {
        CONSENSUS: len(chat.consensus & set(found.consensus)) / len(chat.consensus)
        if chat.consensus
        else None,
        TYPICAL: both / sum(map(len, chat.typical.values())),
    }


def targets(found: list[Grouped]) -> Iterator[Target]:
    for one in found:
        for figure, least in LEAST.get(one.conversation, {}).items():
            if one.engine == NAME:
                yield Target(figure, one.conversation, least, one.values.get(figure))


def _measured(chat: Conversation) -> Iterator[Grouped]:
    yield _ours(chat)
    if python := os.environ.get("BENCH_RED_DWARF"):
        yield _red_dwarf(chat, python)


def _ours(chat: Conversation) -> Grouped:
    done = summarised(chat.messages, "auto", _LIMIT)
    if done.code != 0:
        return Grouped(chat.name, NAME, [], {}, done.seconds, done.said.strip()[-200:])
    agenda = json.loads(done.out)
    groups = {one: group["id"] for group in agenda["groups"] for one in group["members"]}
    values = {RAND: rand(groups, chat.groups), "silhouette": agenda["opinions"]["silhouette"]}
    sizes = [len(group["members"]) for group in agenda["groups"]]
    return Grouped(chat.name, NAME, sizes, values | told(chat), done.seconds)


def _red_dwarf(chat: Conversation, python: str) -> Grouped:
    script = str(Path(__file__).with_name("red_dwarf.py"))
    began = time.perf_counter()
    done = measured([python, script], json.dumps(chat.votes), _LIMIT)
    seconds = time.perf_counter() - began
    if done.code != 0:
        return Grouped(chat.name, "red-dwarf", [], {}, seconds, done.said.strip()[-200:])
    groups = json.loads(done.out)["groups"]
    members = list(groups.values())
    sizes = [members.count(one) for one in sorted(set(members))]
    return Grouped(chat.name, "red-dwarf", sizes, {RAND: rand(groups, chat.groups)}, seconds)


def _table(found: list[Grouped]) -> str:
    figures = (RAND, "silhouette", CONSENSUS, TYPICAL)
    rows = [("conversation", "engine", "people in groups", *figures, "s")]
    for one in found:
        values = (one.values.get(figure) for figure in figures)
        cells = ("" if value is None else share(value) for value in values)
        sizes = one.flaw[:40] or " ".join(map(str, one.sizes)) or "none"
        rows.append((one.conversation, one.engine, sizes, *cells, f"{one.seconds:.1f}"))
    return aligned(rows)
