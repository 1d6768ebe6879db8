"""From stances to opinion groups, with every value on the way kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

import msgspec
import numpy as np
from threadpoolctl import threadpool_limits

from deliberation.engine.shapes import Group, Opinions, Votes

from .groups import Grouping, best, groupings
from .parameters import OpinionParameters
from .places import Plane, places, plane
from .significance import Tally
from .stances import Floats, Stances, stances, takes_part
from .telling import Side, Telling, dividing, shared, typical

_DEFAULTS = OpinionParameters()
_PLOT = 4  # decimals


@dataclass(frozen=True)
class Statements:
    """What tells, by column of the stances. `typical`: by group."""

    consensus: list[Telling]
    dividing: list[int]
    typical: list[list[Telling]]


@dataclass(frozen=True)
class Found:
    """`people`: who takes part; `places`: theirs. `tried`: a grouping for each number of groups.

    Without a grouping that fits, `chosen` and `statements` are None; without anybody `plane` too.
    """

    parameters: OpinionParameters
    stances: Stances
    people: tuple[str, ...]
    plane: Plane | None
    places: Floats
    tried: list[Grouping]
    chosen: Grouping | None
    statements: Statements | None


def opinions(votes: Votes, parameters: OpinionParameters = _DEFAULTS) -> Opinions:
    """The groups that stances make. The same votes give the same bytes, in whatever order."""
    return shown(found(votes, parameters))


def found(votes: Votes, parameters: OpinionParameters = _DEFAULTS) -> Found:
    """The same with all that it was made of."""
    given = stances(votes)
    part = takes_part(given, parameters.stances)
    people = tuple(one for one, takes in zip(given.people, part, strict=True) if takes)
    if not people:
        return Found(parameters, given, (), None, np.empty((0, 2)), [], None, None)
    with threadpool_limits(limits=1):  # sums in one order, whatever the machine
        on = plane(given.values[part], parameters.caution)
        placed = places(given.values[part], on)
        tried = groupings(placed, given.taken[part], parameters)
    chosen = best(tried, parameters.fewest)
    told = _told(given, _members(people, chosen), parameters) if chosen else None
    return Found(parameters, given, people, on, placed, tried, chosen, told)


def statements(
    votes: Votes, groups: Mapping[str, Collection[str]], parameters: OpinionParameters = _DEFAULTS
) -> Opinions:
    """What groups that are given (id → people) share, and what sets them apart; nobody's place."""
    given = stances(votes)
    told = _told(given, list(groups.values()), parameters)
    members = dict(zip(groups, map(tuple, groups.values()), strict=True))
    return _opinions(given, members, told, parameters)


def explained(of: Found) -> dict[str, object]:
    """What the groups were made of, as plain values: so that anyone can compute them again."""
    return {
        "parameters": msgspec.structs.asdict(of.parameters),
        "people": {"with stances": len(of.stances.people), "taking part": len(of.people)},
        "axes explain": list(of.plane.explained) if of.plane else [],
        "tried": [{"sizes": list(one.sizes), "silhouette": one.silhouette} for one in of.tried],
        "consensus": _plain(of, of.statements.consensus) if of.statements else [],
        "typical": [_plain(of, one) for one in of.statements.typical] if of.statements else [],
    }


def _plain(of: Found, telling: Sequence[Telling]) -> list[dict[str, object]]:
    names = of.stances.statements
    return [{**asdict(one), "statement": names[one.statement]} for one in telling]


def _told(
    given: Stances, members: Sequence[Collection[str]], parameters: OpinionParameters
) -> Statements:
    everybody = {person for group in members for person in group}
    inside = [Tally.of(given.of(group)) for group in members]
    others = [Tally.of(given.of(everybody - set(group))) for group in members]
    return Statements(
        consensus=shared(Tally.of(given.values), inside, parameters),
        dividing=dividing(inside, parameters),
        typical=[typical(*both, parameters) for both in zip(inside, others, strict=True)],
    )


def _members(people: tuple[str, ...], chosen: Grouping) -> list[tuple[str, ...]]:
    return [
        tuple(one for one, label in zip(people, chosen.labels, strict=True) if label == group)
        for group in range(len(chosen.sizes))
    ]


def shown(of: Found) -> Opinions:
    """What was found in the form of an agenda."""
    points = {
        person: (round(float(x), _PLOT), round(float(y), _PLOT))
        for person, (x, y) in zip(of.people, of.places, strict=True)
    }
    if not (of.chosen and of.statements):
        return Opinions(
            groups=(),
            points=points,
            consensus=(),
            dividing=(),
            silhouette=None,
            named=False,
            parameters=msgspec.structs.asdict(of.parameters),
        )
    members = {f"g{n}": one for n, one in enumerate(_members(of.people, of.chosen), start=1)}
    bare = _opinions(of.stances, members, of.statements, of.parameters)
    return msgspec.structs.replace(bare, points=points, silhouette=of.chosen.silhouette)


def _opinions(
    given: Stances,
    members: Mapping[str, tuple[str, ...]],
    told: Statements,
    parameters: OpinionParameters,
) -> Opinions:
    def sides(telling: Sequence[Telling]) -> tuple[tuple[str, Side], ...]:
        return tuple((given.statements[one.statement], one.side) for one in telling)

    return Opinions(
        groups=tuple(
            Group(id=group, members=people, typical=sides(telling))
            for (group, people), telling in zip(members.items(), told.typical, strict=True)
        ),
        points={},
        consensus=sides(told.consensus),
        dividing=tuple(given.statements[one] for one in told.dividing),
        silhouette=None,
        named=min(map(len, members.values()), default=0) >= parameters.named,
        parameters=msgspec.structs.asdict(parameters),
    )
