"""What the engine has to reach, judged on the rows of a run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from .ours import NAME
from .rows import Row, mean

BEATEN = ("b_cubed", "yield", "recall")
_PROTOTYPE = "prototype"
_BETTER = 1.1
AVERAGE = "all, on average"


@dataclass(frozen=True)
class Target:
    """`where`: a set, or all. `least`: whether `limit` is a least or a most."""

    figure: str
    where: str
    limit: float
    reached: float | None
    least: bool = True

    @property
    def met(self) -> bool:
        if self.reached is None:
            return False
        return self.reached >= self.limit if self.least else self.reached <= self.limit


# Figure, limit, and whether it is the least; each on every set that has something to judge.
_FIXED = (
    ("on_topic", 0.85, True),
    ("off_topic", 0.25, False),
    ("titles", 0.95, True),
    ("steady", 0.9, True),
    ("top_kept", 1.0, True),
    ("exact", 1.0, True),
    ("nobody", 0.0, False),
)


def targets(rows: Sequence[Row], *, growth: bool) -> list[Target]:
    """Against the better prototype on every set and on average, and the fixed ones."""
    found = [*_on_each(rows, growth=growth), *_on_average(rows)]
    return sorted(found, key=lambda one: one.figure)


def _on_each(rows: Sequence[Row], *, growth: bool) -> Iterator[Target]:
    for mine in (row for row in rows if row.engine == NAME):
        others = _same_set(rows, mine)
        for figure in BEATEN:
            limit = _prototype(others, figure)
            if limit is not None:
                yield Target(figure, mine.chat, limit, mine[figure])
        chatty = any(row["off_topic"] is not None for row in others)
        for figure, limit, least in _FIXED:
            skipped = (figure in {"on_topic", "off_topic"} and not chatty) or (
                figure in {"steady", "top_kept"} and not growth
            )
            if not skipped:
                yield Target(figure, mine.chat, limit, mine[figure], least)


def _prototype(rows: Sequence[Row], figure: str) -> float | None:
    """What the better of the two prototypes reached."""
    values = [row[figure] for row in rows if row.engine.startswith(_PROTOTYPE)]
    return max((value for value in values if value is not None), default=None)


def _on_average(rows: Sequence[Row]) -> Iterator[Target]:
    """The better prototype of each set, on average, and a tenth more."""
    mine = [row for row in rows if row.engine == NAME]
    for figure in BEATEN:
        best = [_prototype(_same_set(rows, row), figure) for row in mine]
        known = [value for value in best if value is not None]
        if known:
            yield Target(figure, AVERAGE, _BETTER * fmean(known), mean(mine, figure))


def _same_set(rows: Sequence[Row], one: Row) -> list[Row]:
    return [row for row in rows if row.chat == one.chat]
