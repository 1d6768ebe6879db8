"""What is kept of a run: figures with machine and versions as JSON, and a picture beside it."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .contenders import ROOT
from .machine import versions
from .rows import Row

RESULTS = ROOT / "bench" / "results"


@dataclass(frozen=True)
class Run:
    """All of one run, named after when it began and the commit then. `ceiling` is what the load
    generator can take, in deliveries a second."""

    at: datetime
    commit: str
    quick: bool
    machine: dict[str, Any]
    ceiling: float
    rows: list[Row]

    @property
    def name(self) -> str:
        return f"{self.at:%Y-%m-%d}-{self.commit.rstrip('+')}{'-quick' if self.quick else ''}"


def kept(run: Run, folder: Path = RESULTS) -> Path:
    """Writes `<date>-<commit>.json`; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run.name}.json"
    facts = {
        "at": run.at.isoformat(timespec="seconds"),
        "commit": run.commit,
        "quick": run.quick,
        "machine": run.machine,
        "versions": versions(),
        "generator_ceiling_deliveries_per_second": round(run.ceiling),
        "rows": [_row(row) for row in run.rows],
    }
    path.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")
    return path


def _row(row: Row) -> dict[str, Any]:
    goal = str(row.goal) if row.goal else None
    return _rounded(asdict(row) | {"goal": goal, "passed": row.passed})  # type: ignore[no-any-return]


def _rounded(value: Any) -> Any:
    """Four decimals are more than the measurements are worth."""
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return round(value, 4) if isinstance(value, float) else value


def now() -> datetime:
    return datetime.now(UTC)
