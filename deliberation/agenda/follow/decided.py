"""What people decided before about what the engine suggests."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import msgspec

from deliberation.agenda.models import Edit, Suggestion, SuggestionKind
from deliberation.agenda.payloads import (
    MoreMessages,
    NewNeed,
    OtherTitle,
    Payload,
    Spans,
    Split,
    payload_of,
)
from deliberation.agenda.services.history import EditKind

from .known import Decided, Offered


@dataclass(frozen=True)
class Made:
    """A suggestion of the engine; one without a payload is known by its need alone."""

    row: Suggestion
    payload: Payload | None

    @property
    def is_open(self) -> bool:
        return self.row.state == Suggestion.State.OPEN

    @property
    def room(self) -> int | None:
        return self.payload.room if self.payload else None

    @property
    def at(self) -> tuple[str, str]:
        return str(self.row.kind), self.row.key

    def offered(self) -> Offered:
        assert self.payload is not None
        return Offered(self.row.pk, self.row.people, self.payload)


def made_in(neighbourhood: int) -> list[Made]:
    """Every suggestion of the engine, the oldest first."""
    rows = Suggestion.objects.filter(neighbourhood=neighbourhood, by_engine=True).order_by("pk")
    return [Made(one, _payload(one)) for one in rows]


def _payload(suggestion: Suggestion) -> Payload | None:
    try:
        return payload_of(suggestion)
    except msgspec.ValidationError:
        return None


def offered_to(made: Iterable[Made], edits: Iterable[Edit]) -> Mapping[int, set[int]]:
    """Messages that a person was shown for a need, or took out of it."""
    found: dict[int, set[int]] = defaultdict(set)
    for one in made:
        if one.is_open or one.row.need_id is None:
            continue
        if isinstance(one.payload, NewNeed | MoreMessages):
            found[one.row.need_id].update(one.payload.parts, one.payload.support)
    for edit in edits:
        for need, before in edit.before.items():
            was = (before or {}).get("evidence", {})
            became = (edit.after.get(need) or {}).get("evidence", {})
            found[int(need)].update(int(message) for message in was.keys() - became.keys())
    return found


def decided_on(made: Iterable[Made], edits: Collection[Edit]) -> Decided:
    splits: dict[int, list[frozenset[int]]] = defaultdict(list)
    titles: dict[int, list[Spans]] = defaultdict(list)
    merges = set()
    for one in made:
        if one.is_open:
            continue
        need = one.row.need_id or 0
        if isinstance(one.payload, Split):
            splits[need].append(frozenset(one.payload.parts))
        elif isinstance(one.payload, OtherTitle):
            titles[need].append(one.payload.title)
        elif one.row.kind == SuggestionKind.MERGE:
            merges.add(one.row.key)
    return Decided(
        splits=splits,
        titles=titles,
        merges=frozenset(merges),
        together=frozenset(_together(edits)),
        merged=frozenset(
            need for edit in edits if edit.kind == EditKind.MERGE for need in needs_in(edit)
        ),
    )


def _together(edits: Iterable[Edit]) -> Iterator[frozenset[int]]:
    """Each two needs that a person changed in one go, such as a merge or a split."""
    for edit in edits:
        yield from (frozenset(pair) for pair in combinations(needs_in(edit), 2))


def needs_in(edit: Edit) -> list[int]:
    return [int(need) for need in edit.before.keys() | edit.after.keys()]
