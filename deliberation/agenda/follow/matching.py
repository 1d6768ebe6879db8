"""Which of the engine's groups is which need: by what they rest on, never by the engine's names.

Names may change when everything is read anew; what residents said does not. Pure.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .groups import Group
from .known import Known, Whose

_MANY = frozenset({Whose.PAST, Whose.DISMISSED})  # more than one group may be about it


def places(groups: Sequence[Group]) -> dict[int, int]:
    """The number of the group that a message is in; it is in one at most."""
    return {message: number for number, group in enumerate(groups) for message in group.parts}


def matched(groups: Sequence[Group], known: Iterable[Known]) -> dict[int, Known]:
    """The need of each group, by the group's number. What shares most goes first."""
    found: dict[int, Known] = {}
    taken: set[int] = set()
    for _, number, need in sorted(_pairs(groups, known), key=lambda one: one[:2]):
        if number not in found and need.need not in taken:
            found[number] = need
            if need.whose not in _MANY:
                taken.add(need.need)
    return found


def needs_of(groups: Sequence[Group], known: Iterable[Known]) -> list[tuple[int, Group]]:
    """The needs that people decide about, each with its group, where it is in one."""
    found = sorted(matched(groups, known).items())
    return [(one.need, groups[number]) for number, one in found if one.whose is Whose.PEOPLE]


def shares(place: Mapping[int, int], need: Known) -> Counter[int]:
    """How many of a need's messages are in each group. `place`: see `places`."""
    return Counter(place[message] for message in need.parts if message in place)


def _pairs(
    groups: Sequence[Group], known: Iterable[Known]
) -> Iterator[tuple[tuple[int, int], int, Known]]:
    place = places(groups)
    for need in known:
        for number, shared in shares(place, need).items():
            if 2 * shared >= _least(groups[number], need):
                yield (-shared, need.need), number, need


def _least(group: Group, need: Known) -> int:
    """Half of the smaller must be shared: both grow, and a need may get lost in a group.

    What is done or closed has a say only over a conversation that is mostly the old one.
    """
    mine = len(group.parts)
    return mine if need.whose is Whose.PAST else min(mine, len(need.parts))
