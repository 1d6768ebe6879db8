"""From votes to a matrix: person × statement."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deliberation.engine.shapes import Votes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Stances:
    """`values`: people × statements; 1, -1, 0, and nan where there is no stance."""

    people: tuple[str, ...]
    statements: tuple[str, ...]
    values: Floats

    @property
    def taken(self) -> Ints:
        """How many stances each person took."""
        return np.asarray((~np.isnan(self.values)).sum(axis=1), np.int64)

    def of(self, people: Collection[str]) -> Floats:
        """The rows of some people."""
        wanted = set(people)
        return self.values[[one in wanted for one in self.people]]


def stances(votes: Votes) -> Stances:
    """Whatever the order of the votes, the rows and columns have the same."""
    said = {message: by for message, by in votes.items() if by}
    people = tuple(sorted({person for by in said.values() for person in by}, key=_natural))
    messages = tuple(sorted(said, key=_natural))
    row = {person: number for number, person in enumerate(people)}
    values = np.full((len(people), len(messages)), np.nan)
    for column, message in enumerate(messages):
        for person, value in said[message].items():
            values[row[person], column] = value
    return Stances(people, messages, values)


def takes_part(given: Stances, fewest: int) -> NDArray[np.bool_]:
    """Who took at least so many stances, or all there are to take."""
    return np.asarray(given.taken >= max(1, min(fewest, len(given.statements))))


def _natural(name: str) -> tuple[int, str]:
    """Numbers in their order, so that who came first stays first."""
    return len(name), name
