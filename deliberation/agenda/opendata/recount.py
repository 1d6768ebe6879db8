"""The engine's summary of a room's lines, computed again so that it can be compared. Pure.

Without stances: those change every day, and a version says what was there when it was adopted.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

import msgspec

from deliberation.engine import Contribution, Parameters, State, agenda, update
from deliberation.engine.lines import read
from deliberation.kernel import canonical

_READ = ("id", "author", "time", "text", "thread", "reply_to")
_AT_ONCE = 500  # lines


@dataclass(frozen=True)
class Recount:
    """`input`: SHA-256 of what the engine read. `summary`: the hash of what it made of that."""

    messages: int
    input: str
    summary: str


def recount(lines: Iterable[Mapping[str, Any]], *, summarise: bool = True) -> Recount:
    """Read all lines and summarise them (or not). Raises `engine.lines.BadLine`."""
    state, heard = State(), sha256()
    count = 0
    for batch in _batches(lines):
        for line in batch:
            heard.update(canonical.text({name: line.get(name) for name in _READ}).encode())
            heard.update(b"\n")
        count += len(batch)
        if summarise:
            state = update(state, [_contribution(line) for line in batch])
    return Recount(count, heard.hexdigest(), agenda(state).hash if summarise else "")


def engine_version() -> str:
    return Parameters().version


def _contribution(line: Mapping[str, Any]) -> Contribution:
    return read(msgspec.json.encode(line)).contribution


def _batches(lines: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    waiting = iter(lines)
    while batch := list(islice(waiting, _AT_ONCE)):
        yield batch
