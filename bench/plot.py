"""The picture of a run: three strips, one colour per server, each goal as a red line."""

from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from .report import Run
from .rows import Row
from .scenarios import UNITS
from .table import number

# Okabe and Ito's palette: told apart by people who are colour-blind too.
_COLOURS = {
    "Channels chat": "#999999",
    "socket.io": "#E69F00",
    "ours, SQLite": "#56B4E9",
    "ours, PostgreSQL": "#0072B2",
}
_INK, _GRID, _GOAL = "#222222", "#E4E4E4", "#C0392B"
_SHARED = ("kb_each", "cores", "ratio")  # drawn as shares of their goals
_STRIPS = (
    ("Deliveries per second (more is better)", ("deliveries_per_second",)),
    ("Posted → seen, milliseconds (less is better)", ("p50_ms", "p99_ms")),
    ("Idle and opening (less is better)", _SHARED),
)
_PER_ROW = 0.34  # inches


def picture(run: Run, path: Path) -> Path:
    """Draws the run as PNG; returns the path."""
    strips = [
        (title, [row for row in run.rows if row.figure in figures]) for title, figures in _STRIPS
    ]
    strips = [strip for strip in strips if strip[1]]
    heights = [max(3, len(rows) + len(_groups(rows))) for _, rows in strips]
    with mpl.rc_context({"font.size": 9, "text.color": _INK, "axes.labelcolor": _INK}):
        figure, axes = plt.subplots(
            len(strips),
            1,
            figsize=(10, _PER_ROW * sum(heights) + 1.1 * len(strips) + 0.8),
            gridspec_kw={"height_ratios": heights},
            squeeze=False,
            layout="constrained",
        )
        for axis, (title, rows) in zip(axes[:, 0], strips, strict=True):
            _strip(axis, title, rows)
        figure.suptitle(_headline(run), x=0.01, ha="left", fontsize=11)
        figure.savefig(path, dpi=160)
        plt.close(figure)
    return path


def _headline(run: Run) -> str:
    machine = run.machine
    quick = ", quick run" if run.quick else ""
    return (
        f"Server on one core, load on another: {machine['processor']}, {machine['cores']} cores, "
        f"Linux {machine['kernel'].split('-')[0]}, {run.name}{quick}\n"
        "Red line: the goal. Black line: from the least to the most of the rounds."
    )


def _groups(rows: list[Row]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((row.title, row.figure) for row in rows))


def _strip(axis: Axes, title: str, rows: list[Row]) -> None:
    """Groups of bars under one another; idle and opening figures as shares of their goal."""
    share = rows[0].figure in _SHARED
    place, ticks = 0.0, []
    for group in _groups(rows):
        members = [row for row in rows if (row.title, row.figure) == group]
        axis.text(
            0, place, _heading(members), transform=axis.get_yaxis_transform(), va="center",
            fontweight="bold",
        )  # fmt: skip
        for row in members:
            place += 1
            ticks.append((place, row.server))
            _bar(axis, place, row, members, share=share)
        place += 1.3
    axis.set_ylim(place - 0.5, -0.7)
    axis.set_yticks([at for at, _ in ticks], [name for _, name in ticks])
    axis.set_title(title + (", as a share of the goal" if share else ""), loc="left", pad=8)
    _dress(axis)


def _heading(members: list[Row]) -> str:
    names = {"p50_ms": ", median", "p99_ms": ", p99", "kb_each": ": memory", "cores": ": processor"}
    return members[0].title + names.get(members[0].figure, "")


def _bar(axis: Axes, place: float, row: Row, members: list[Row], *, share: bool) -> None:
    limit = _limit(members)
    scale = 1 / limit if share and limit else 1.0
    value, spread = row.values[row.figure] * scale, [one * scale for one in row.spread]
    axis.barh(place, value, height=0.72, color=_COLOURS.get(row.server, _INK))
    axis.plot(spread, [place, place], color=_INK, linewidth=1.2, solid_capstyle="butt")
    mark = {None: "", True: "  ✓", False: "  ✗"}[row.passed]
    edge = limit * scale if row.goal and limit else 0.0
    unit = f" {UNITS[row.figure]}" if share else ""
    axis.annotate(
        f"{number(row.values[row.figure])}{unit}{mark}",
        (max(value, edge, *spread), place),
        xytext=(5, 0),
        textcoords="offset points",
        va="center",
        color=_GOAL if row.passed is False else _INK,
    )
    if edge:
        axis.plot([edge, edge], [place - 0.46, place + 0.46], color=_GOAL, linewidth=2)


def _limit(members: list[Row]) -> float | None:
    """The goal of a group in its own unit: a ratio counts from the peer's median."""
    goal = next((row.goal for row in members if row.goal), None)
    if goal is None:
        return None
    if not goal.against:
        return goal.limit
    peers = [row.values[row.figure] for row in members if row.server == goal.against]
    return goal.limit * peers[0] if peers else None


def _dress(axis: Axes) -> None:
    axis.grid(axis="x", color=_GRID)
    axis.set_axisbelow(True)
    axis.tick_params(axis="y", length=0)
    axis.margins(x=0.16)
    axis.xaxis.set_major_formatter(lambda value, _: number(value) if value else "0")
    for side in ("top", "right", "left"):
        axis.spines[side].set_visible(False)
