"""What a community manager looks at: suggestions beside their evidence, and the last steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from deliberation.agenda.models import (
    Edit,
    Evidence,
    Need,
    NeedState,
    Suggestion,
    SuggestionKind,
)
from deliberation.agenda.payloads import Merge, MoreMessages, Split, Words, payload_of
from deliberation.agenda.services.history import EditKind
from rooms.attached import Waiting
from rooms.models import Message, MessageState, Neighbourhood

from .changed import Changed, by_edit, since_suggested
from .sources import Sentence, evidence_of, sentences_with_sources
from .words import titles

EVIDENCE = 30  # messages on a page
STEPS = 6
_OVER = (NeedState.DONE, NeedState.CLOSED)


@dataclass(frozen=True)
class Item:
    """A suggestion in the queue, by what it is about."""

    suggestion: Suggestion
    title: str


@dataclass(frozen=True)
class Queue:
    """What waits, what most people stand behind first. `decided`: how many were, today."""

    items: list[Item]
    decided: int

    def chosen(self, wanted: int | None) -> Item | None:
        """The one asked for; the first where it does not wait any more."""
        found = [item for item in self.items if item.suggestion.pk == wanted]
        return next(iter(found or self.items), None)

    def beside(self, item: Item, step: int) -> Item | None:
        """The one before (-1) or after (1) it."""
        place = self.items.index(item) + step
        return self.items[place] if 0 <= place < len(self.items) else None


@dataclass(frozen=True)
class Other:
    """The need that a suggestion wants to merge this one with."""

    need: Need
    sentences: list[Sentence]
    evidence: Sequence[Evidence]
    count: int


@dataclass(frozen=True)
class Subject:
    """One need, with what is suggested about it. `offered`: messages to add, or to split off;
    `wording`: sentences suggested, title first."""

    need: Need
    sentences: list[Sentence]
    evidence: "Page[Evidence]"
    others: list[tuple[int, str]]
    changed: Changed | None
    suggestion: Suggestion | None = None
    offered: Sequence[Message] = ()
    wording: Sequence[str] = ()
    other: Other | None = None


@dataclass(frozen=True)
class Step:
    """Something that was done. `needs`: (title, what changed). `title`: of the need that a
    suggestion was about, where nothing changed."""

    edit: Edit
    label: str
    needs: list[tuple[str, Changed]]
    title: str = ""

    @property
    def has_words(self) -> bool:
        return any(one.has_words for _, one in self.needs)


def queue(place: Neighbourhood, *, at: datetime) -> Queue:
    """In an order that stays as it is while someone works through it."""
    waiting = list(_open().filter(neighbourhood=place).order_by("-people", "pk"))
    title = titles([one.need_id for one in waiting if one.need_id])
    morning = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = Suggestion.objects.filter(neighbourhood=place, decided_at__gte=morning)
    items = [Item(one, title.get(one.need_id or 0, "")) for one in waiting]
    return Queue(items=items, decided=mine.count())


def subject(
    need: Need, suggestion: Suggestion | None = None, *, page: str | None = None
) -> Subject:
    """A need as its manager looks at it."""
    offered, wording, other = _suggested(suggestion)
    return Subject(
        need=need,
        sentences=sentences_with_sources(need),
        evidence=Paginator(evidence_of(need), EVIDENCE).get_page(page),
        others=_others(need),
        changed=since_suggested(need),
        suggestion=suggestion,
        offered=offered,
        wording=wording,
        other=other,
    )


def steps(place: Neighbourhood) -> list[Step]:
    """What was done last, newest first."""
    edits = list(
        Edit.objects.filter(neighbourhood=place)
        .select_related("actor", "undone_by", "suggestion__need")
        .order_by("-pk")[:STEPS]
    )
    title = titles(
        {int(pk) for edit in edits for pk in edit.after} | {_about(edit) or 0 for edit in edits}
    )
    changed = by_edit(edits)
    return [
        Step(
            edit=edit,
            label=str(EditKind(edit.kind).label),
            needs=[(title.get(pk, ""), one) for pk, one in changed[edit.pk]],
            title=title.get(_about(edit) or 0, ""),
        )
        for edit in edits
    ]


def listed(place: Neighbourhood) -> list[tuple[Need, str]]:
    """What is on the agenda, with titles, newest first."""
    needs = Need.objects.of(place.pk).exclude(state__in=_OVER).exclude(state=NeedState.SUGGESTED)
    found = list(needs.order_by("-pk"))
    title = titles([need.pk for need in found])
    return [(need, title.get(need.pk, "")) for need in found]


def waiting() -> list[Waiting]:
    """For the desk: in which neighbourhoods suggestions wait, and how many."""
    counts = _open().order_by().values("neighbourhood").annotate(count=Count("pk"))
    found = dict(counts.values_list("neighbourhood", "count"))
    return [
        Waiting(place.name, reverse("agenda_review", args=[place.slug]), found[place.pk])
        for place in Neighbourhood.objects.filter(pk__in=found).order_by("name")
    ]


def _open() -> QuerySet[Suggestion]:
    """What can still be decided: not about a need that is over, unless that was merged."""
    over = Q(need__state__in=_OVER, need__merged_into=None)
    found = Suggestion.objects.filter(state=Suggestion.State.OPEN).exclude(over)
    return found.select_related("need__neighbourhood", "by")


def _others(need: Need) -> list[tuple[int, str]]:
    """What a need can be merged with: on the agenda first, then what is only suggested."""
    needs = Need.objects.of(need.neighbourhood_id).exclude(pk=need.pk).exclude(state__in=_OVER)
    found = sorted(needs, key=lambda one: (one.kenmerk is None, -one.pk))
    title = titles([one.pk for one in found])
    named = [(one, title.get(one.pk, "")) for one in found]
    return [
        (one.pk, f"{one.kenmerk} {said}" if one.kenmerk else said) for one, said in named if said
    ]


def _suggested(
    suggestion: Suggestion | None,
) -> tuple[list[Message], list[str], Other | None]:
    """What a suggestion shows beside its need: messages, wording, another need."""
    if suggestion is None or suggestion.kind == SuggestionKind.NEW:
        return [], [], None
    match payload_of(suggestion):
        case MoreMessages(parts=parts, support=support):
            return _messages([*parts, *support]), [], None
        case Merge(needs=needs):
            other = next((one for one in needs if one != suggestion.need_id), needs[1])
            return [], [], _other(other)
        case Split(parts=parts) as words:
            return _messages(parts), _quotes(words), None
        case Words() as words:
            own = [suggestion.words] if suggestion.words else []
            return [], own or _quotes(words), None
    return [], [], None


def _messages(ids: Sequence[int]) -> list[Message]:
    shown = Message.objects.filter(state=MessageState.SHOWN)
    found = shown.select_related("author", "room", "thread").in_bulk(list(ids))
    return [found[one] for one in ids if one in found]


def _quotes(words: Words) -> list[str]:
    wanted = words.wanted()
    found = {one.pk: one for one in _messages([s.message for one in wanted for s in one.spans])}
    said = [
        " … ".join(
            found[span.message].body[span.start : span.end]
            for span in one.spans
            if span.message in found
        )
        for one in wanted
    ]
    return [one for one in said if one]


def _other(need: int) -> Other | None:
    found = Need.objects.select_related("neighbourhood").filter(pk=need).first()
    if found is None:
        return None
    evidence = evidence_of(found)
    return Other(found, sentences_with_sources(found), list(evidence[:EVIDENCE]), evidence.count())


def _about(edit: Edit) -> int | None:
    return edit.suggestion.need_id if edit.suggestion else None
