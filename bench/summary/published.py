"""How often our own engine is wrong, for the page about the algorithm: one file, made by a run."""

import json
from collections.abc import Mapping
from typing import Any

from bench.report import RESULTS
from deliberation.config.environment import ROOT

from .ours import NAME

KNOWN_ERROR = ROOT / "deliberation" / "agenda" / "data" / "known_error.json"
FIGURES = ("b_cubed", "on_topic", "off_topic", "titles", "exact")


def published(result: Mapping[str, Any]) -> dict[str, Any]:
    """What the page says of a result that was kept: our engine's figures on each set."""
    return {
        "measured_on": result["at"][:10],
        "commit": result["commit"],
        "engine": result["engine"],
        "sets": [
            {"name": row["chat"], **{name: row["values"].get(name) for name in FIGURES}}
            for row in result["rows"]
            if row["engine"] == NAME and not row["flaw"]
        ],
    }


def publish() -> None:
    """Write it anew from the newest result on all sets."""
    newest = newest_result()
    if newest is not None:
        text = json.dumps(published(newest), indent=1, ensure_ascii=False)
        KNOWN_ERROR.write_text(text + "\n")


def newest_result() -> dict[str, Any] | None:
    """The last kept result that knew the data folder."""
    results = [json.loads(path.read_text()) for path in RESULTS.glob("*-summary.json")]
    whole = [one for one in results if one.get("data")]
    return max(whole, key=lambda one: str(one["at"]), default=None)
