"""Conversations with the opinion groups that Polis published for them."""

import csv
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .sets import Line, timed

Side = tuple[str, str]
"""A statement and "agree" or "disagree"."""


@dataclass(frozen=True)
class Conversation:
    """`messages` carry their votes. `groups`: person → group; `typical`: group → statements."""

    name: str
    messages: list[Line]
    groups: Mapping[str, str]
    consensus: frozenset[Side] = frozenset()
    typical: Mapping[str, frozenset[Side]] = field(default_factory=dict)

    @property
    def votes(self) -> dict[str, Mapping[str, int]]:
        return {line["id"]: line["votes"] for line in self.messages}


def folder() -> Path | None:
    """BENCH_POLIS: a folder with a folder for each conversation, as Polis exports it."""
    named = os.environ.get("BENCH_POLIS")
    return Path(named) if named else None


def conversations(data: Path | None, exports: Path | None) -> Iterator[Conversation]:
    """The exports, then the labelled sets that have groups; by name."""
    for found in sorted(exports.glob("*/participants-votes.csv")) if exports else ():
        yield exported(found.parent)
    for gold in sorted(data.glob("*/gold.json")) if data else ():
        if json.loads(gold.read_text())["kind"] == "groups":
            yield labelled(gold.parent)


def exported(place: Path) -> Conversation:
    """comments.csv and participants-votes.csv. What a moderator rejected was not to be seen."""
    votes: dict[str, dict[str, int]] = {}
    groups = {}
    for row in _rows(place / "participants-votes.csv"):
        if row["group-id"]:
            groups[row["participant"]] = row["group-id"]
        for statement, value in row.items():
            if statement.isdecimal() and value:
                votes.setdefault(statement, {})[row["participant"]] = int(float(value))
    messages = [
        {
            "id": row["comment-id"],
            "author": row["author-id"],
            "time": int(row["timestamp"]) // 1000,
            "text": row["comment-body"],
            "votes": votes.get(row["comment-id"], {}),
        }
        for row in _rows(place / "comments.csv")
        if row["moderated"] != "-1" and row["comment-body"].strip()
    ]
    return Conversation(place.name, sorted(messages, key=lambda one: one["time"]), groups)


def labelled(place: Path) -> Conversation:
    """messages.jsonl, gold.json, and votes.jsonl: a person with statement → value on each line."""
    gold = json.loads((place / "gold.json").read_text())
    votes: dict[str, dict[str, int]] = {}
    for person, values in map(json.loads, (place / "votes.jsonl").read_text().splitlines()):
        for statement, value in values.items():
            votes.setdefault(statement, {})[person] = value
    lines = map(json.loads, (place / "messages.jsonl").read_text().splitlines())
    sides = gold.get("consensus", {})
    return Conversation(
        place.name,
        [{**timed(line), "votes": votes.get(line["id"], {})} for line in lines],
        gold["groups"],
        frozenset((str(one), side) for side, found in sides.items() for one in found),
        {
            group: frozenset((str(one), side) for one, side in found)
            for group, found in gold.get("repness", {}).items()
        },
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
