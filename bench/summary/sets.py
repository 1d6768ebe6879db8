"""The labelled sets: our own two chats, and those of a data folder."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Line = Mapping[str, Any]
"""A message as `deliberation summarise` reads it: at least id, author, time, text."""
OWN = Path(__file__).parent / "data"
_FROM = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Labelled:
    """Messages in the order of time; `labels` by id, `noise` and `support` as ids."""

    name: str
    lang: str
    messages: list[Line]
    labels: Mapping[str, str]
    noise: tuple[str, ...]
    support: tuple[str, ...]

    @property
    def texts(self) -> dict[str, str]:
        return {line["id"]: line["text"] for line in self.messages}

    def first(self, share: float) -> "Labelled":
        """The earliest part, with the labels that fall in it."""
        messages = self.messages[: round(share * len(self.messages))]
        inside = {line["id"] for line in messages}
        return Labelled(
            self.name,
            self.lang,
            messages,
            {one: label for one, label in self.labels.items() if one in inside},
            tuple(one for one in self.noise if one in inside),
            tuple(one for one in self.support if one in inside),
        )


def folder(given: str | None) -> Path | None:
    """The data folder of the argument or of BENCH_DATA; also with its sets under `labelled/`."""
    named = given or os.environ.get("BENCH_DATA")
    if not named:
        return None
    path = Path(named)
    return path / "labelled" if (path / "labelled").is_dir() else path


def labelled(data: Path | None) -> Iterator[Labelled]:
    """Our own chats, then every set of topics in the data folder, by name."""
    for place in (OWN, data):
        for gold in sorted(place.glob("*/gold.json")) if place else ():
            if json.loads(gold.read_text())["kind"] == "topics":
                yield read(gold.parent)


def read(place: Path) -> Labelled:
    gold = json.loads((place / "gold.json").read_text())
    lines = (place / "messages.jsonl").read_text().splitlines()
    messages = sorted((timed(json.loads(line)) for line in lines), key=lambda one: one["time"])
    known = {line["id"] for line in messages}
    return Labelled(
        place.name,
        gold["lang"],
        messages,
        {one: label for one, label in gold["labels"].items() if one in known},
        tuple(gold.get("noise", ())),
        tuple(gold.get("support", ())),
    )


def timed(line: dict[str, Any]) -> Line:
    """Some sets have no times but an order (0, 1, 2 …): one an hour; some have days only."""
    time = line["time"]
    moment = (
        _FROM + timedelta(hours=time) if isinstance(time, int) else datetime.fromisoformat(time)
    )
    return {**line, "time": moment.replace(tzinfo=moment.tzinfo or UTC).isoformat()}
