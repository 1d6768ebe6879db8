"""What is different between two versions of an agenda. Pure: works on their content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Entry = Mapping[str, Any]
"""A need as the content of a version has it."""


@dataclass(frozen=True)
class Moved:
    """A need that stands elsewhere in the order, beside those that were there before too."""

    need: Entry
    was: int
    now: int


@dataclass(frozen=True)
class Stepped:
    """A need that came into another state."""

    need: Entry
    was: str


@dataclass(frozen=True)
class Difference:
    """`gone` needs are as the version before had them; all others as this one has them."""

    added: Sequence[Entry] = ()
    gone: Sequence[Entry] = ()
    moved: Sequence[Moved] = ()
    reworded: Sequence[Entry] = ()
    answered: Sequence[Entry] = ()
    stepped: Sequence[Stepped] = ()
    postponed: Sequence[Entry] = field(default=())

    def __bool__(self) -> bool:
        return any(vars(self).values())


def difference(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Difference:
    """What changed between two contents. Without one before, all needs are new."""
    old = {need["id"]: need for need in (before or {}).get("needs", [])}
    new = {need["id"]: need for need in after["needs"]}
    pairs = [(old[pk], need) for pk, need in new.items() if pk in old]
    return Difference(
        added=[need for pk, need in new.items() if pk not in old],
        gone=[need for pk, need in old.items() if pk not in new],
        moved=_moved([pk for pk in old if pk in new], pairs),
        reworded=[now for was, now in pairs if was["sentences"] != now["sentences"]],
        answered=[now for was, now in pairs if _answers(now) - _answers(was)],
        stepped=[Stepped(now, was["state"]) for was, now in pairs if was["state"] != now["state"]],
        postponed=[now for was, now in pairs if _later(was, now)],
    )


def _moved(order: Sequence[int], pairs: Sequence[tuple[Entry, Entry]]) -> list[Moved]:
    """Only needs that are in both count: what is new or gone pushes nobody about."""
    places = {pk: place for place, pk in enumerate(order, start=1)}
    return [
        Moved(now, places[now["id"]], place)
        for place, (_, now) in enumerate(pairs, start=1)
        if places[now["id"]] != place
    ]


def _answers(need: Entry) -> set[str]:
    return {one["kenmerk"] for one in need["responses"]}


def _later(was: Entry, now: Entry) -> bool:
    return bool(was["due_on"] and now["due_on"] and was["due_on"] < now["due_on"])
