"""Reading what is stored about needs that have to do with a room."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import msgspec

from deliberation.agenda.models import (
    TITLE,
    Citation,
    Contest,
    Edit,
    Evidence,
    Follow,
    Need,
    NeedSentence,
    NeedState,
    Suggestion,
    SuggestionKind,
    Support,
)
from deliberation.agenda.payloads import (
    MoreMessages,
    NewNeed,
    OtherTitle,
    Payload,
    Spans,
    Split,
    payload_of,
)
from deliberation.agenda.services.sentences import Span
from rooms.models import MessageState, Room

from .known import Decided, Draft, Known, Offered, Stored, Whose

_OVER = (NeedState.DONE, NeedState.CLOSED)


def stored_for(room: Room) -> Stored:
    """As many queries for a hundred needs as for one."""
    needs = list(Need.objects.filter(neighbourhood=room.neighbourhood_id, merged_into=None))
    suggestions = [
        _Made(one, _payload(one))
        for one in Suggestion.objects.filter(
            neighbourhood=room.neighbourhood_id, by_engine=True
        ).order_by("pk")
    ]
    edits = list(Edit.objects.filter(neighbourhood=room.neighbourhood_id, undone_at=None))
    beside = _Beside(room, needs, suggestions, edits)
    opened = [one for one in suggestions if one.is_open and one.payload]
    return Stored(
        needs=[known for need in needs if (known := beside.known(need))],
        decided=_decided(suggestions, edits),
        offers={one.at: one.offered() for one in opened if one.room == room.pk},
        others=frozenset(one.at for one in opened if one.room != room.pk),
        live=frozenset(need.pk for need in needs if need.state not in _OVER),
    )


@dataclass(frozen=True)
class _Made:
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


class _Beside:
    """What lies beside each need, fetched at once."""

    def __init__(
        self, room: Room, needs: Collection[Need], made: Collection[_Made], edits: Iterable[Edit]
    ) -> None:
        ids = [need.pk for need in needs]
        self.room = room
        self.new = {
            one.row.need_id: one
            for one in made
            if one.row.kind == SuggestionKind.NEW and one.is_open
        }
        self.evidence = _evidence(ids)
        self.cited = _cited(ids)
        self.kept = taken_part_in([need.pk for need in needs if need.state == NeedState.SUGGESTED])
        self.offered = _offered(made, edits)

    def known(self, need: Need) -> Known | None:
        """None for a need that has nothing to do with this room."""
        evidence = self.evidence.get(need.pk, [])
        here = [one for one in evidence if one.room == self.room.pk]
        new = self.new.get(need.pk)
        whose = _whose(need, new)
        mine = (new.room if new and new.payload else None) == self.room.pk
        if not here and not (mine and whose is Whose.ENGINE):
            return None
        says = {one.message for one in here if one.shown and one.kind == Evidence.Kind.PART}
        words = self.cited.get(need.pk, {})
        return Known(
            need=need.pk,
            whose=whose,
            parts=frozenset(says),
            rests_on=frozenset(one.message for one in evidence),
            offered=frozenset(self.offered.get(need.pk, ())),
            draft=self._draft(need, evidence, words, new) if whose is Whose.ENGINE else None,
            untitled=not words.get(TITLE),
            kept=need.pk in self.kept,
        )

    def _draft(
        self,
        need: Need,
        evidence: Iterable["_Rests"],
        words: Mapping[int, Spans],
        new: _Made | None,
    ) -> Draft:
        payload = new.payload if new else None
        return Draft(
            theme=need.theme,
            words=tuple(words[place] for place in sorted(words)),
            evidence=frozenset((one.message, one.kind) for one in evidence),
            people=new.row.people if new else 0,
            payload=payload if isinstance(payload, NewNeed) else None,
        )


def _whose(need: Need, new: _Made | None) -> Whose:
    if need.state == NeedState.DONE or (need.state == NeedState.CLOSED and need.kenmerk):
        return Whose.PAST
    if need.state == NeedState.CLOSED:
        return Whose.DISMISSED
    suggested = need.state == NeedState.SUGGESTED and need.kenmerk is None
    return Whose.ENGINE if suggested and new and need.proposed_by_id is None else Whose.PEOPLE


@dataclass(frozen=True)
class _Rests:
    message: int
    kind: str
    room: int
    shown: bool


def _evidence(needs: Collection[int]) -> Mapping[int, list[_Rests]]:
    found: dict[int, list[_Rests]] = defaultdict(list)
    rows = Evidence.objects.filter(need__in=needs).order_by()
    fields = ("need", "message", "kind", "message__room", "message__state")
    for need, message, kind, room, state in rows.values_list(*fields):
        found[need].append(_Rests(message, kind, room, state == MessageState.SHOWN))
    return found


def _cited(needs: Collection[int]) -> Mapping[int, Mapping[int, Spans]]:
    """What the sentences of each need cite, by place; nothing where one source fell away."""
    rows = Citation.objects.filter(sentence__need__in=needs).order_by("sentence", "pk")
    found: dict[int, dict[int, Spans]] = defaultdict(dict)
    for sentence, cited in groupby(rows.select_related("message", "sentence"), _sentence):
        citations = list(cited)
        spans = tuple(Span(one.message_id, one.start, one.end) for one in citations)
        stands = all(one.stands for one in citations)
        found[sentence.need_id][sentence.place] = spans if stands else ()
    return found


def _sentence(citation: Citation) -> NeedSentence:
    return citation.sentence


def taken_part_in(needs: Collection[int]) -> frozenset[int]:
    """Suggested needs that residents took part in."""
    return frozenset(
        need
        for model in (Support, Follow, Contest)
        for need in model._base_manager.filter(need__in=needs).values_list("need", flat=True)
    )


def _payload(suggestion: Suggestion) -> Payload | None:
    try:
        return payload_of(suggestion)
    except msgspec.ValidationError:
        return None


def _offered(made: Iterable[_Made], edits: Iterable[Edit]) -> Mapping[int, set[int]]:
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


def _decided(made: Iterable[_Made], edits: Iterable[Edit]) -> Decided:
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
    return Decided(splits, titles, frozenset(merges), frozenset(_together(edits)))


def _together(edits: Iterable[Edit]) -> Iterator[frozenset[int]]:
    """Each two needs that a person changed in one go, such as a merge or a split."""
    for edit in edits:
        needs = sorted(int(need) for need in edit.before.keys() | edit.after.keys())
        yield from (frozenset({one, other}) for one in needs for other in needs if one < other)
