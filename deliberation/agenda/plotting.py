"""Points of opinion groups as shapes in a square of 100 by 100. Pure; numbers as SVG wants them.

A group is known by its shape as well as by its colour.
"""

from collections.abc import Iterable, Mapping

EDGE = 6.0  # of the square, that stays empty
SIZE = 1.6  # half the width of a shape
_SHAPES = (
    "M{l} {y}a{s} {s} 0 1 0 {d} 0a{s} {s} 0 1 0 -{d} 0z",  # a circle
    "M{l} {t}h{d}v{d}h-{d}z",  # a square
    "M{x} {t}L{r} {b}H{l}z",  # a triangle
    "M{x} {t}L{r} {y}L{x} {b}L{l} {y}z",  # a diamond
    "M{l} {t}L{r} {b}M{r} {t}L{l} {b}",  # a cross
)


def scaled(points: Mapping[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """The same points, as large as fits; both directions alike, so that distances stay true."""
    if not points:
        return {}
    xs, ys = [x for x, _ in points.values()], [y for _, y in points.values()]
    width = max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0
    scale = (100 - 2 * EDGE) / width
    middle = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    return {
        one: (50 + (x - middle[0]) * scale, 50 - (y - middle[1]) * scale)
        for one, (x, y) in points.items()
    }


def path(group: int, x: float = 0.0, y: float = 0.0, *, size: float = SIZE) -> str:
    """The shape of the group with this number, around a point."""
    edges = {"l": x - size, "r": x + size, "t": y - size, "b": y + size, "s": size, "d": 2 * size}
    numbers = {name: f"{value:.1f}" for name, value in {"x": x, "y": y, **edges}.items()}
    return _SHAPES[group % len(_SHAPES)].format(**numbers)


def paths(
    groups: Iterable[Iterable[int]], points: Mapping[int, tuple[float, float]]
) -> list[tuple[int, str]]:
    """The number of the group and the shape of everyone in a group who has a point, in an order
    that tells nothing about who it is."""
    placed = scaled(points)
    found = [
        (number, path(number, *placed[one]))
        for number, members in enumerate(groups)
        for one in members
        if one in placed
    ]
    return sorted(found)
