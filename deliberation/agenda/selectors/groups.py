"""Opinion groups that are large enough to be shown."""

from collections.abc import Collection
from dataclasses import dataclass

from deliberation.engine.shapes import Opinions

from .opinions import opinions_of


@dataclass(frozen=True)
class Group:
    """People of one room who think alike, by id. `name`: a letter, for people; unique in a room."""

    room: int
    id: str
    name: str
    members: frozenset[int]


def groups_of(rooms: Collection[int]) -> list[Group]:
    """The named groups of these rooms (by id)."""
    return [group for room, one in opinions_of(rooms).items() for group in groups_in(room, one)]


def groups_in(room: int, opinions: Opinions) -> list[Group]:
    """None while one of them is so small that people in it could be known."""
    if not opinions.named:
        return []
    return [
        Group(
            room=room,
            id=group.id,
            name=chr(ord("A") + place),
            members=frozenset(int(one) for one in group.members),
        )
        for place, group in enumerate(opinions.groups)
    ]


def people_by_group(room: int) -> list[tuple[str, frozenset[int]]]:
    """The people (ids) of each named group of a room, by its letter."""
    return [(group.name, group.members) for group in groups_of([room])]
