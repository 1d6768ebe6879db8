"""Reading what is stored about needs that have to do with a room."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

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
    SuggestionKind,
    Support,
)
from deliberation.agenda.payloads import (
    NewNeed,
    Spans,
)
from deliberation.agenda.services.sentences import Span
from rooms.models import MessageState, Room

from .decided import Made, decided_on, made_in, needs_in, offered_to
from .known import Draft, Known, Stored, Whose

_OVER = (NeedState.DONE, NeedState.CLOSED)


def stored_for(room: Room) -> Stored:
    """As many queries for a hundred needs as for one."""
    needs = list(Need.objects.filter(neighbourhood=room.neighbourhood_id, merged_into=None))
    suggestions = made_in(room.neighbourhood_id)
    edits = list(Edit.objects.filter(neighbourhood=room.neighbourhood_id, undone_at=None))
    beside = _Beside(room, needs, suggestions, edits)
    opened = [one for one in suggestions if one.is_open and one.payload]
    return Stored(
        needs=[known for need in needs if (known := beside.known(need))],
        decided=decided_on(suggestions, edits),
        offers={one.at: one.offered() for one in opened if one.room == room.pk},
        others=frozenset(one.at for one in opened if one.room != room.pk),
        live=frozenset(need.pk for need in needs if need.state not in _OVER),
    )


class _Beside:
    """What lies beside each need, fetched at once."""

    def __init__(
        self, room: Room, needs: Collection[Need], made: Collection[Made], edits: Collection[Edit]
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
        self.edited = {need for edit in edits for need in needs_in(edit)}
        self.offered = offered_to(made, edits)

    def known(self, need: Need) -> Known | None:
        """None for a need that has nothing to do with this room."""
        evidence = self.evidence.get(need.pk, [])
        here = [one for one in evidence if one.room == self.room.pk]
        new = self.new.get(need.pk)
        whose = _whose(need, new, edited=need.pk in self.edited)
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
        new: Made | None,
    ) -> Draft:
        payload = new.payload if new else None
        return Draft(
            theme=need.theme,
            words=tuple(words[place] for place in sorted(words)),
            evidence=frozenset((one.message, one.kind) for one in evidence),
            people=new.row.people if new else 0,
            payload=payload if isinstance(payload, NewNeed) else None,
        )


def _whose(need: Need, new: Made | None, *, edited: bool) -> Whose:
    if need.state == NeedState.DONE or (need.state == NeedState.CLOSED and need.kenmerk):
        return Whose.PAST
    if need.state == NeedState.CLOSED:
        return Whose.DISMISSED
    return Whose.ENGINE if new and not edited and is_suggestion(need) else Whose.PEOPLE


def is_suggestion(need: Need) -> bool:
    """Whether the engine made it and it never came on an agenda."""
    never = need.state == NeedState.SUGGESTED and need.kenmerk is None
    return never and need.proposed_by_id is None


def is_edited(need: Need) -> bool:
    """Whether a person changed something about it, which stands until that is undone."""
    edits = Edit.objects.filter(neighbourhood=need.neighbourhood_id, undone_at=None)
    keys = Q(before__has_key=str(need.pk)) | Q(after__has_key=str(need.pk))
    return edits.filter(keys).exists()


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
