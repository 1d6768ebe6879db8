"""Whose turn it is: the hall and online take turns, whoever has asked longest first. Pure."""

from collections.abc import Sequence
from typing import Protocol


class Waiting(Protocol):
    """Someone who asked for the floor; `where` is "hall" or "online"."""

    where: str


def next_turn(waiting: Sequence[Waiting], last: str) -> int | None:
    """The place in `waiting` (who asked first comes first) of who speaks next; None: nobody.

    `last` is where the speaker before was, "" for the first. The other side goes first, as long
    as anyone waits there: so neither can talk the other away by being with more.
    """
    if not waiting:
        return None
    others = [place for place, one in enumerate(waiting) if one.where != last]
    return others[0] if others else 0
