"""What is kept of a run: figures with machine and versions as JSON."""

import json
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.machine import commit, machine
from bench.report import RESULTS

_PACKAGES = ("numpy", "scipy", "scikit-learn", "scikit-network", "snowballstemmer")


def facts() -> dict[str, Any]:
    """When, of which commit, on what."""
    with tempfile.TemporaryDirectory() as folder:
        return {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "commit": commit(),
            "machine": machine(Path(folder)),
            "versions": {name: version(name) for name in _PACKAGES},
        }


def keep(kind: str, known: Mapping[str, Any], found: Mapping[str, Any]) -> Path:
    """Writes `<date>-<commit>-<kind>.json`; returns its path."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    name = f"{known['at'][:10]}-{known['commit'].rstrip('+')}-{kind}.json"
    path = RESULTS / name
    text = json.dumps(_rounded({**known, **found}), indent=1, ensure_ascii=False)
    path.write_text(text + "\n")
    return path


def _rounded(value: Any) -> Any:
    """Four decimals are more than the measurements are worth."""
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return round(value, 4) if isinstance(value, float) else value
