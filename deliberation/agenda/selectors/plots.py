"""The opinion groups of the rooms a need comes from: a plot, and the same as a table."""

from collections.abc import Collection
from dataclasses import dataclass

from deliberation.agenda.plotting import path, paths
from deliberation.engine.shapes import Opinion
from rooms.models import Room

from .figures import balances_of, opinion_of
from .groups import groups_in
from .opinions import opinions_of


@dataclass(frozen=True)
class Row:
    """A group and what it thinks of the need. `place`: its number; `path`: its shape."""

    place: int
    name: str
    people: int
    path: str
    opinion: Opinion


@dataclass(frozen=True)
class Plot:
    """`points`: the number of the group and the shape of each person; nobody is named."""

    room: int
    title: str
    points: list[tuple[int, str]]
    rows: list[Row]


def plots_of(need: int, rooms: Collection[int]) -> list[Plot]:
    """One for each of these rooms that has groups large enough to be shown."""
    balances = balances_of([need]).get(need, {})
    titles = dict(Room.objects.filter(pk__in=rooms).values_list("pk", "title"))
    found = []
    for room, opinions in opinions_of(rooms).items():
        groups = groups_in(room, opinions)
        if not groups:
            continue
        points = {int(who): place for who, place in opinions.points.items()}
        rows = [
            Row(place, group.name, len(group.members), path(place), opinion_of(balances, group))
            for place, group in enumerate(groups)
        ]
        shapes = paths([group.members for group in groups], points)
        found.append(Plot(room, titles[room], shapes, rows))
    return found
