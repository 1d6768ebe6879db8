"""People behind a need: never messages, always persons, each once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from .shapes import Contribution, Opinion, Votes

_DAY = 24 * 3600.0


def opinion(
    messages: Iterable[str], votes: Votes, members: frozenset[str] | None = None
) -> Opinion:
    """What people say of a need: each counts once, on the side most of their stances are."""
    balance: Counter[str] = Counter()
    for message in messages:
        for person, value in votes.get(message, {}).items():
            if members is None or person in members:
                balance[person] += value
    values = list(balance.values())
    return Opinion(
        agree=sum(value > 0 for value in values),
        disagree=sum(value < 0 for value in values),
        unsure=sum(value == 0 for value in values),
    )


def agreement(opinions: Iterable[Opinion]) -> float:
    """0 … 1: in the group that agrees least; one half where nobody has said anything."""
    shares = [(one.agree + 1) / (one.agree + one.disagree + 2) for one in opinions]
    return min(shares, default=0.5)


def trend(said: Iterable[Contribution], until: float, days: int) -> int:
    """People in the last `days` before `until` (seconds), less those in as many days before."""
    recent: dict[int, set[str]] = defaultdict(set)
    for one in said:
        recent[int((until - one.at) // (days * _DAY))].add(one.author)
    return len(recent[0]) - len(recent[1])


def theme(subjects: Mapping[str, set[str]]) -> str:
    """The theme most people speak of; "other" without any. `subjects`: subject → people."""
    people: dict[str, set[str]] = defaultdict(set)
    for subject, by in subjects.items():
        people[subject.split(".")[0]] |= by
    return min(people, key=lambda one: (-len(people[one]), one), default="other")
