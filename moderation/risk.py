"""How urgent a case is, from who reported it and on what ground. Pure.

What counts is what it is about, and how many established people say so: a crowd of new accounts
can't push a message up, or an opponent out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from rooms.models import Ground

ESTABLISHED = timedelta(days=7)
CROWD = 20  # reports of one message by new people; more of them tell nothing new
_SEVERITY = {
    Ground.THREAT: 100,
    Ground.PERSONAL_DATA: 80,
    Ground.HATE: 70,
    Ground.ILLEGAL: 60,
    Ground.INSULT: 40,
    Ground.IMPERSONATION: 40,
    Ground.CHECK: 30,
    Ground.SPAM: 20,
    Ground.OFF_TOPIC: 10,
}
_WITHIN = {
    Ground.THREAT: timedelta(hours=1),
    Ground.PERSONAL_DATA: timedelta(hours=1),
    Ground.HATE: timedelta(hours=4),
    Ground.ILLEGAL: timedelta(hours=4),
    Ground.CHECK: timedelta(hours=4),
}
_OTHERWISE = timedelta(hours=24)
_EACH, _MOST = 5, 25  # for every established reporter, and for all together
_NEW, _NEW_MOST = 1, 5
if set(_SEVERITY) != set(Ground):
    raise ImportError("each ground has its severity here")


@dataclass(frozen=True)
class Told:
    """One report or one hit of a watch."""

    ground: str
    established: bool


def risk(told: Iterable[Told]) -> int:
    """From 0 to 130; the higher, the sooner someone should look."""
    all_of_it = list(told)
    known = sum(one.established for one in all_of_it)
    worst = max((_worth(one) for one in all_of_it), default=0)
    return worst + min(_MOST, _EACH * known) + min(_NEW_MOST, _NEW * (len(all_of_it) - known))


def within(ground: str) -> timedelta:
    """How soon someone looks at what is reported on this ground."""
    return _WITHIN.get(Ground(ground), _OTHERWISE)


def due(ground: str, at: datetime) -> datetime:
    """By when someone looks at what was reported then."""
    return at + within(ground)


def _worth(told: Told) -> int:
    """What someone new says weighs half, until someone established says it too."""
    severity = _SEVERITY[Ground(told.ground)]
    return severity if told.established else severity // 2
