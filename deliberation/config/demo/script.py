"""The demonstration's conversation as a list of things that happen, in order. No database."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).parent
STANCES = ("agree", "disagree", "unsure")
Kind = Literal["post", "edit", "retract", "hide", "stance", "report"]

RETRACTED_AFTER = timedelta(minutes=2)
EDITED_AFTER = timedelta(minutes=5)
HIDDEN_AFTER = timedelta(minutes=20)
REPORTED_BEFORE = timedelta(minutes=25)  # before now: there is something to decide


@dataclass(frozen=True)
class Step:
    """`words` is a text, a reason, a ground or a stance, as `kind` asks for."""

    at: datetime
    kind: Kind
    by: str
    message: str
    words: str
    thread: str = ""
    reply_to: str = ""


def setting() -> dict[str, Any]:
    """The neighbourhood, its room, its people and its threads."""
    text = (FOLDER / "neighbourhood.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def steps(*, now: datetime, manager: str) -> list[Step]:
    """Everything that happens, oldest first; told as days before `now`, in its time zone."""
    lines = (FOLDER / "conversation.jsonl").read_text(encoding="utf-8").splitlines()
    found = [step for line in lines for step in _steps(json.loads(line), now, manager)]
    return sorted(found, key=lambda step: step.at)


def _steps(line: dict[str, Any], now: datetime, manager: str) -> Iterator[Step]:
    day = now.date() - timedelta(days=line["day"])
    at = datetime.combine(day, time.fromisoformat(line["time"]), now.tzinfo)
    by, message = line["by"], line["id"]
    yield Step(at, "post", by, message, line["text"], line["thread"], line.get("reply_to", ""))
    if "edit" in line:
        yield Step(at + EDITED_AFTER, "edit", by, message, line["edit"])
    if "retract" in line:
        yield Step(at + RETRACTED_AFTER, "retract", by, message, "")
    if "hide" in line:
        yield Step(at + HIDDEN_AFTER, "hide", manager, message, line["hide"])
    for who, ground in line.get("report", {}).items():
        yield Step(now - REPORTED_BEFORE, "report", who, message, ground)
    takers = [(value, person) for value in STANCES for person in line.get(value, "").split()]
    for place, (value, person) in enumerate(takers, start=1):
        yield Step(at + timedelta(minutes=place), "stance", person, message, value)
