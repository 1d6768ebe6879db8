"""The table of a run, as text."""

from .rows import Row
from .scenarios import UNITS

_HEAD = ("scenario", "server", "median", "least – most", "p50 ms", "p99 ms", "goal", "reached", "")


def table(rows: list[Row]) -> str:
    """Aligned columns; the title of a scenario stands on its first line only."""
    lines = [
        _HEAD,
        *(_cells(row, before) for before, row in zip([None, *rows], rows, strict=False)),
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    shown = [_line(line, widths) for line in lines]
    shown.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(shown)


def verdict(rows: list[Row]) -> str:
    """One sentence about the goals."""
    judged = [row for row in rows if row.passed is not None]
    missed = [row for row in judged if not row.passed]
    return f"{len(judged) - len(missed)} of {len(judged)} goals reached."


def _cells(row: Row, before: Row | None) -> tuple[str, ...]:
    same = before is not None and (before.title, before.figure) == (row.title, row.figure)
    mark = {None: "", True: "✓", False: "✗"}[row.passed]
    return (
        "" if same else row.title,
        row.server,
        f"{number(row.values[row.figure])} {UNITS[row.figure]}",
        " – ".join(map(number, row.spread)) if len(row.rounds) > 1 else "",
        _figure(row, "p50_ms"),
        _figure(row, "p99_ms"),
        str(row.goal) if row.goal else "",
        _reached(row),
        f"{mark} {row.flaws}".strip(),
    )


def _reached(row: Row) -> str:
    if row.goal is None or row.compared is None:
        return ""
    return f"{row.compared:.2f} ×" if row.goal.against else number(row.compared)


def _figure(row: Row, name: str) -> str:
    return number(row.values[name]) if name in row.values else ""


def number(value: float) -> str:
    """As many digits as say something."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    left = {0, 1, 6, 8}
    padded = [
        cell.ljust(width) if column in left else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()
