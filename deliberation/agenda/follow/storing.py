"""Writing a plan: needs, suggestions and the cursor in one transaction."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from deliberation.agenda.models import Evidence, Need, Suggestion, SuggestionKind
from deliberation.agenda.payloads import key_of, stored
from deliberation.agenda.services.sentences import Wanted, evidence_store, sentences_store
from rooms.models import Room

from .known import Draft
from .offers import Offer
from .plan import NewDraft, Plan


def store(plan: Plan, room: Room, *, at: datetime) -> None:
    """Hold the neighbourhood's rooms, and have planned while they were held."""
    Need.objects.filter(pk__in=plan.gone).delete()
    Suggestion.objects.filter(pk__in=plan.dropped).delete()
    for new in plan.new:
        _make(room, new, at=at)
    for need in Need.objects.filter(pk__in=list(plan.drafts)):
        _redraw(need, plan.drafts[need.pk])
    for offer in plan.offers:
        _suggest(room, offer.kind, offer.key, offer.need, offer, at=at)
    for pk, offer in plan.changed.items():
        _change(Suggestion.objects.filter(pk=pk), offer)


def _make(room: Room, new: NewDraft, *, at: datetime) -> None:
    need = Need.objects.create(
        neighbourhood=room.neighbourhood,
        theme=new.draft.theme,
        engine_id=new.engine_id,
        made_at=at,
    )
    _says(need, new.draft)
    _suggest(room, SuggestionKind.NEW, key_of(need.pk), need.pk, new.draft, at=at)


def _redraw(need: Need, draft: Draft) -> None:
    need.theme = draft.theme
    need.save(update_fields=["theme"])
    _says(need, draft)
    made = need.suggestions.filter(kind=SuggestionKind.NEW, by_engine=True)
    _change(made.filter(state=Suggestion.State.OPEN), draft)


def _says(need: Need, draft: Draft) -> None:
    sentences_store(need, [Wanted(spans) for spans in draft.words])
    evidence_store(need, {message: Evidence.Kind(kind) for message, kind in draft.evidence})


def _change(suggestions: QuerySet[Suggestion], what: Draft | Offer) -> None:
    suggestions.update(payload=_payload(what), people=what.people)


def _suggest(
    room: Room, kind: SuggestionKind, key: str, need: int, what: Draft | Offer, *, at: datetime
) -> None:
    Suggestion.objects.create(
        neighbourhood=room.neighbourhood,
        kind=kind,
        key=key,
        need_id=need,
        payload=_payload(what),
        people=what.people,
        at=at,
    )


def _payload(what: Draft | Offer) -> Any:
    return stored(what.payload) if what.payload else {}
