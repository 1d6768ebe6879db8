"""Someone has everything of theirs erased: support, proposals, and what they said was not right."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from deliberation.agenda.models import (
    Contest,
    Need,
    NeedSentence,
    Suggestion,
    SuggestionKind,
    Support,
    Wording,
)
from deliberation.agenda.models.need import NeedQuerySet
from deliberation.people.actors import VISITOR
from deliberation.protocol import events
from rooms.models import Room

from .announcing import agenda_writing

Rows = list[dict[str, Any]]


def rooms_with(person: int) -> set[int]:
    """The open rooms (ids) that hear of it when this person is forgotten."""
    places = _told(person).values("neighbourhood")
    return set(Room.objects.opened().filter(neighbourhood__in=places).values_list("pk", flat=True))


def person_forget(person: int, at: datetime) -> None:
    """Take it all back; needs stay, in the words of what they rest on. Counts are told.

    Part of the transaction of who erases, which holds the rooms (`rooms_with`).
    """
    told = list(_told(person).order_by("pk").values_list("pk", "neighbourhood"))
    Contest.objects.filter(person=person).update(words="", person=None)
    _forget_proposals(person)
    Support.objects.filter(person=person).delete()
    for need, neighbourhood in told:
        with agenda_writing(neighbourhood) as log:
            log.tell(log.need(need), events.NeedChanged, actor=VISITOR, at=at)


def kept_of(person: int) -> Iterator[tuple[str, Rows]]:
    """What is stored of this person beside what belongs to them alone, for an export."""
    contests = Contest.objects.filter(person=person).order_by("pk")
    for_contests = ("need__kenmerk", "kind", "words", "at", "answer", "answered_at")
    yield "objections", [dict(row) for row in contests.values(*for_contests)]
    proposals = Suggestion.objects.filter(by=person).order_by("pk")
    for_proposals = ("kind", "words", "at", "state", "reason")
    yield "proposals", [dict(row) for row in proposals.values(*for_proposals)]


def _told(person: int) -> NeedQuerySet:
    """The needs that look different afterwards."""
    supported = Support.objects.filter(person=person).values("need")
    return Need.objects.filter(pk__in=supported) | Need.objects.filter(proposed_by=person)


def _forget_proposals(person: int) -> None:
    """Words of their own give way to those that they rest on."""
    worded = Need.objects.filter(proposed_by=person, wording=Wording.PROPOSED)
    NeedSentence.objects.filter(need__in=worded).update(text="")
    worded.update(wording=Wording.RESIDENTS)
    Need.objects.filter(proposed_by=person).update(proposed_by=None)
    mine = Suggestion.objects.filter(by=person)
    titles = mine.filter(kind=SuggestionKind.TITLE, state=Suggestion.State.OPEN)
    titles.update(state=Suggestion.State.DISMISSED)
    mine.update(words="", by=None)
