"""The engine that is measured, as a black box: `deliberation summarise`."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from .outcome import Outcome
from .process import Finished, measured
from .sets import Line

COMMAND = (sys.executable, "-m", "deliberation", "summarise")
NAME = "ours"
_LIMIT = 1800.0  # seconds


class Failed(Exception):
    """The black box ended with an error, or what it wrote makes no sense."""


def lines(messages: Sequence[Line]) -> str:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in messages)


def run(messages: Sequence[Line], lang: str, limit: float = _LIMIT) -> Finished:
    return measured([*COMMAND, "--lang", lang], lines(messages), limit)


def ours(messages: Sequence[Line], lang: str) -> Outcome:
    """Raises Failed with the last line of the errors."""
    done = run(messages, lang)
    if done.code != 0:
        raise Failed((done.said.strip().splitlines() or [f"exit code {done.code}"])[-1])
    return outcome(json.loads(done.out))


def outcome(agenda: Mapping[str, Any]) -> Outcome:
    """Reads an agenda; a title may be a text, or a sentence with citations."""
    needs = agenda["needs"]
    placed = [one for need in needs for one in need["messages"]]
    if len(placed) != len(set(placed)) or set(placed) & set(agenda["noise"]):
        raise Failed("a message is in two needs, or in one and outside")
    titles = [need["title"] for need in needs]
    quoted = [title for title in titles if not isinstance(title, str)]
    return Outcome(
        ids=[need["id"] for need in needs],
        titles=[title if isinstance(title, str) else title["text"] for title in titles],
        needs=[need["messages"] for need in needs],
        support=[need.get("support", []) for need in needs],
        sentences=[*quoted, *(sentence for need in needs for sentence in need["summary"])],
        stable_ids=True,
    )
