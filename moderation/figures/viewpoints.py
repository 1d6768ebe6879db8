"""Whether one opinion is hidden more often than another: the rate in each opinion group of a room.

What is published leads back to nobody: shares without counts, and only once people enough were hit.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import sqrt

from django.db.models import Count, Q, QuerySet

from rooms.attached import attached
from rooms.models import Message, MessageState, Room

FEWEST = 5  # people of whom something was hidden; of fewer one could tell who thinks what
_Z = 1.96  # of a normal distribution: 95 % lies within
_HIDDEN = Q(state=MessageState.HIDDEN, until=None)


@dataclass(frozen=True)
class Viewpoint:
    """One group: which share of its messages is hidden, and between which shares that share lies
    with 95 % certainty, were it to go on like this (Wilson's score interval)."""

    name: str
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Audit:
    """`uneven`: some intervals lie apart, so chance alone hardly explains the difference."""

    groups: Sequence[Viewpoint]

    @property
    def uneven(self) -> bool:
        return max(one.low for one in self.groups) > min(one.high for one in self.groups)


def audit(room: Room) -> Audit | None:
    """None without opinion groups, and while too few people were hit."""
    groups = attached.opinion_groups(room.pk)
    hit = _shown_or_hidden(room).filter(_HIDDEN).values("author").distinct().count()
    if len(groups) < 2 or hit < FEWEST:
        return None
    return Audit([_viewpoint(room, name, members) for name, members in groups])


def interval(hits: int, of: int) -> tuple[float, float]:
    """Wilson's score interval for a share of `hits` in `of`, 95 %. (0, 1) of nothing.

    E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference.
    """
    if not of:
        return 0.0, 1.0
    share, room_for_chance = hits / of, _Z**2 / of
    middle = share + room_for_chance / 2
    wide = _Z * sqrt(share * (1 - share) / of + room_for_chance / (4 * of))
    low, high = ((middle + side) / (1 + room_for_chance) for side in (-wide, wide))
    return max(0.0, low), min(1.0, high)


def _shown_or_hidden(room: Room) -> "QuerySet[Message]":
    """What was decided about in the end: what waits, or was taken back, says nothing."""
    return room.messages.filter(Q(state=MessageState.SHOWN) | _HIDDEN, author__isnull=False)


def _viewpoint(room: Room, name: str, members: Collection[int]) -> Viewpoint:
    theirs = _shown_or_hidden(room).filter(author__in=members)
    found = theirs.aggregate(written=Count("pk"), hidden=Count("pk", filter=_HIDDEN))
    written, hidden = found["written"], found["hidden"]
    low, high = interval(hidden, written)
    return Viewpoint(name, hidden / written if written else 0.0, low, high)
