"""The picture of cost against size: seconds, memory, and one more message."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from .scale import Cost

# Okabe and Ito's palette: told apart by people who are colour-blind too.
_COLOURS = ("#999999", "#0072B2", "#E69F00")
_INK, _GRID = "#222222", "#E4E4E4"
_WHOLE = ("TF-IDF + k-means", "ours")
Lines = dict[str, list[tuple[int, float | None]]]
_STEPS = {"p50_ms": "median", "p95_ms": "95 %", "most_ms": "most"}


def picture(costs: Sequence[Cost], path: Path) -> Path:
    """Draws the costs as PNG, both axes in powers of ten; returns the path."""
    whole = {name: [one for one in costs if one.what == name] for name in _WHOLE}
    more = [one for one in costs if one.more]
    with mpl.rc_context({"font.size": 9, "text.color": _INK, "axes.labelcolor": _INK}):
        figure, axes = plt.subplots(1, 3, figsize=(12, 3.8), layout="constrained")
        seconds: Lines = {
            name: [(one.size, one.seconds) for one in part] for name, part in whole.items()
        }
        memory: Lines = {
            name: [(one.size, one.megabytes) for one in part] for name, part in whole.items()
        }
        steps: Lines = {
            name: [(one.size, one.more[key]) for one in more] for key, name in _STEPS.items()
        }
        _panel(axes[0], "Everything at once, seconds", seconds)
        _panel(axes[1], "Peak memory of the process, megabytes", memory)
        _panel(axes[2], "One more message, milliseconds", steps)
        figure.savefig(path, dpi=160)
        plt.close(figure)
    return path


def _panel(axis: Axes, title: str, lines: Lines) -> None:
    for colour, (name, points) in zip(_COLOURS, lines.items(), strict=False):
        known = [(size, value) for size, value in points if value]
        if known:
            axis.plot(*zip(*known, strict=True), marker="o", color=colour, label=name)
    axis.set(xscale="log", yscale="log", xlabel="messages")
    axis.set_title(title, loc="left", pad=8)
    axis.grid(color=_GRID)
    axis.set_axisbelow(True)
    for side in ("top", "right"):
        axis.spines[side].set_visible(False)
    if axis.lines:
        axis.legend(frameon=False)
