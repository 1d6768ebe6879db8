"""The tables of a run, as text."""

from collections.abc import Sequence

from .rows import Row
from .targets import Target

FIGURES = {
    "b_cubed": "B³ F1",
    "yield": "yield@K",
    "recall": "recall@K",
    "titles": "title p@5",
    "on_topic": "on-topic in",
    "off_topic": "off-topic in",
    "steady": "steady",
    "steady_least": "(worst)",
    "top_kept": "top 10 kept",
    "exact": "cited exactly",
    "nobody": "uncited",
    "needs": "needs",
    "seconds": "s",
}


def table(rows: Sequence[Row]) -> str:
    """One line for each set and engine; the name of the set stands on its first line only."""
    lines = [("set", "engine", *FIGURES.values())]
    for before, row in zip([None, *rows], rows, strict=False):
        same = before is not None and before.chat == row.chat
        cells = [_cell(row, figure) for figure in FIGURES]
        lines.append(("" if same else row.chat, row.engine, *(_flawed(row) or cells)))
    return aligned(lines)


def _cell(row: Row, figure: str) -> str:
    value = row[figure]
    if value is None:
        return ""
    if figure == "needs":
        return f"{value:.0f}"
    return f"{value:.1f}" if figure == "seconds" else share(value)


def _flawed(row: Row) -> list[str]:
    return ["failed", *[""] * (len(FIGURES) - 1)] if row.flaw else []


def share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0") if value < 1 else f"{value:.2f}"


def judged(targets: Sequence[Target]) -> str:
    """One line for each target, and how many were met."""
    lines = [("figure", "set", "target", "reached", "")]
    for target in targets:
        reached = "–" if target.reached is None else share(target.reached)
        sign, mark = "≥" if target.least else "≤", "✓" if target.met else "✗"
        name = FIGURES.get(target.figure, target.figure)
        lines.append((name, target.where, f"{sign} {share(target.limit)}", reached, mark))
    met = sum(target.met for target in targets)
    return f"{aligned(lines)}\n\n{met} of {len(targets)} targets met."


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """Columns; the first two to the left, a rule under the first line."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown = [
        "  ".join(
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    return "\n".join([shown[0], "  ".join("─" * width for width in widths), *shown[1:]])
