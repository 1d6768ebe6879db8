"""A row of the table: what one engine made of one set."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from .baselines import BASELINES
from .measures import measured
from .ours import NAME, Failed, ours
from .outcome import Engine
from .sets import Labelled

ENGINES: dict[str, Engine] = {**BASELINES, NAME: ours}


@dataclass(frozen=True)
class Row:
    """`values` by figure (see measures); `flaw`: why there are none."""

    chat: str
    engine: str
    values: dict[str, Any]
    flaw: str = ""

    def __getitem__(self, figure: str) -> float | None:
        value = self.values.get(figure)
        return None if value is None else float(value)


def row(name: str, chat: Labelled, *, growth: bool) -> Row:
    try:
        return Row(chat.name, name, measured(ENGINES[name], chat, growth=growth))
    except Failed as failed:
        return Row(chat.name, name, {}, str(failed))


def mean(rows: Iterable[Row], figure: str) -> float | None:
    """Over the sets; None when one has no such figure."""
    values = [row[figure] for row in rows]
    known = [value for value in values if value is not None]
    return fmean(known) if known and len(known) == len(values) else None
