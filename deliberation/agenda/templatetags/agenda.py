"""What the pages of the agenda need beyond Django's own tags."""

from typing import NamedTuple

from django import template

from deliberation.agenda.themes import theme_name
from deliberation.engine.shapes import Opinion

register = template.Library()
register.filter("theme", theme_name)


class Part(NamedTuple):
    """A part of a bar that is 100 wide: numbers as SVG wants them, in every language."""

    kind: str
    x: str
    width: str


@register.filter
def bar(opinion: Opinion) -> list[Part]:
    """The parts of an opinion bar: agree, not sure yet, disagree. None without any stance."""
    counts = {"agree": opinion.agree, "unsure": opinion.unsure, "disagree": opinion.disagree}
    whole = sum(counts.values())
    parts, x = [], 0.0
    for kind, count in counts.items():
        if count:
            width = 100 * count / whole
            parts.append(Part(kind, f"{x:.2f}", f"{width:.2f}"))
            x += width
    return parts


@register.filter
def stances(opinion: Opinion) -> int:
    """How many people gave an opinion."""
    return opinion.agree + opinion.disagree + opinion.unsure


@register.filter
def absolute(number: int) -> int:
    return abs(number)
