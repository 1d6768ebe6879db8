"""What is asked about needs that people decide about; nothing is changed for them. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from deliberation.agenda.models import SuggestionKind
from deliberation.agenda.payloads import (
    Merge,
    MoreMessages,
    OtherTitle,
    Payload,
    Split,
    key_of,
)

from .groups import Group
from .known import Known, Stored, Whose
from .matching import places, shares

_WORDS_IN_COMMON = 3  # keywords of two rooms' needs, and the theme, that make them one


@dataclass(frozen=True)
class Offer:
    kind: SuggestionKind
    key: str
    need: int
    people: int
    payload: Payload


@dataclass(frozen=True)
class Seen:
    """The engine's groups beside what is stored. `needs`: the need of each group, by number."""

    room: int
    groups: Sequence[Group]
    stored: Stored
    needs: Mapping[int, Known]
    authors: Mapping[int, str]
    fewest: int

    def people(self, messages: Iterable[int]) -> int:
        return len({self.authors[one] for one in messages if one in self.authors})

    @cached_property
    def place(self) -> Mapping[int, int]:
        return places(self.groups)

    @cached_property
    def group_of(self) -> Mapping[int, int]:
        """The group of each need that people decide about."""
        return {one.need: number for number, one in self.needs.items() if one.whose is Whose.PEOPLE}

    @cached_property
    def by_people(self) -> list[Known]:
        return [one for one in self.stored.needs if one.whose is Whose.PEOPLE]

    @cached_property
    def settled(self) -> list[Known]:
        """Needs whose messages are theirs: a message belongs to one need at most."""
        return [one for one in self.stored.needs if one.whose in (Whose.PEOPLE, Whose.PAST)]

    @cached_property
    def splits(self) -> Mapping[int, tuple[Known, tuple[int, ...]]]:
        """Groups that are mostly part of a need which is in another group, and that part."""
        found = {}
        for need in self.by_people:
            for number, shared in shares(self.place, need).items():
                if need.need not in self.group_of or number in self.needs:
                    continue
                group = self.groups[number]
                part = tuple(one for one in group.parts if one in need.parts)
                whole = min(shared, self.people(part)) >= self.fewest
                if whole and 2 * shared >= len(group.parts):
                    found[number] = need, part
        return found


def offers_for(seen: Seen, elsewhere: Sequence[tuple[int, Group]] = ()) -> list[Offer]:
    """Everything that is to be asked about needs of this room."""
    return [*_more(seen), *_titles(seen), *_splits(seen), *_merges(seen), *_same(seen, elsewhere)]


def _more(seen: Seen) -> Iterator[Offer]:
    """Messages that a need does not rest on yet, that no other need has, and that nobody
    decided about."""
    taken = frozenset[int]().union(*(one.rests_on for one in seen.settled))
    for need, number in _grouped(seen):
        group, known = seen.groups[number], taken | need.offered
        parts = tuple(one for one in group.parts if one not in known)
        support = tuple(one for one in group.support if one not in known)
        if parts or support:
            payload = MoreMessages(room=seen.room, parts=parts, support=support)
            people = seen.people([*parts, *support])
            key = key_of(need.need, seen.room)
            yield Offer(SuggestionKind.MORE, key, need.need, people, payload)


def _titles(seen: Seen) -> Iterator[Offer]:
    """Another title where the source of the old one says it no longer."""
    for need, number in _grouped(seen):
        title, *summary = seen.groups[number].words
        if need.untitled and title not in seen.stored.decided.titles.get(need.need, []):
            payload = OtherTitle(room=seen.room, title=title, summary=tuple(summary))
            people = seen.people(span.message for span in title)
            key = key_of(need.need, seen.room)
            yield Offer(SuggestionKind.TITLE, key, need.need, people, payload)


def _splits(seen: Seen) -> Iterator[Offer]:
    decided = seen.stored.decided
    for number, (need, part) in sorted(seen.splits.items()):
        before = decided.splits.get(need.need, [])
        known = any(2 * len(old & set(part)) >= min(len(old), len(part)) for old in before)
        if known or need.need in decided.merged:
            continue
        title, *summary = seen.groups[number].words
        payload = Split(room=seen.room, parts=part, title=title, summary=tuple(summary))
        key = key_of(need.need, min(part))
        yield Offer(SuggestionKind.SPLIT, key, need.need, seen.people(part), payload)


def _merges(seen: Seen) -> Iterator[Offer]:
    """Needs of which half and more is in one and the same group."""
    inside: dict[int, list[Known]] = {}
    for need in seen.by_people:
        for number, shared in shares(seen.place, need).items():
            if 2 * shared >= len(need.parts):
                inside.setdefault(number, []).append(need)
    for number, needs in sorted(inside.items()):
        parts = seen.groups[number].parts
        for one, other in combinations(sorted(needs, key=lambda need: need.need), 2):
            both = tuple(message for message in parts if message in one.parts | other.parts)
            yield from _merge(seen, one.need, other.need, both)


def _same(seen: Seen, elsewhere: Sequence[tuple[int, Group]]) -> Iterator[Offer]:
    """A need of this room and one of another room of the neighbourhood, clearly the same."""
    here = {need.need: number for need, number in _grouped(seen)}
    for need, number in here.items():
        for other, group in elsewhere:
            if (
                other in seen.stored.live
                and other not in here
                and alike(seen.groups[number], group)
            ):
                yield from _merge(seen, min(need, other), max(need, other), ())


def alike(one: Group, other: Group) -> bool:
    """Whether what is said in two rooms is clearly about the same."""
    return one.theme == other.theme and len(one.keywords & other.keywords) >= _WORDS_IN_COMMON


def _merge(seen: Seen, into: int, other: int, shared: tuple[int, ...]) -> Iterator[Offer]:
    key, decided = key_of(into, other), seen.stored.decided
    if key not in decided.merges and frozenset({into, other}) not in decided.together:
        payload = Merge(room=seen.room, needs=(into, other), shared=shared)
        yield Offer(SuggestionKind.MERGE, key, into, seen.people(shared), payload)


def _grouped(seen: Seen) -> Iterator[tuple[Known, int]]:
    for need in seen.by_people:
        if need.need in seen.group_of:
            yield need, seen.group_of[need.need]
