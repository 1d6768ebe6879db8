"""One need, for everyone: what it says and rests on, what people think, and what came of it."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from deliberation.agenda.access import may, need_for, no_need
from deliberation.agenda.models import Need, NeedState, Response
from deliberation.agenda.rights import Action
from deliberation.agenda.selectors.cards import address_of
from deliberation.agenda.selectors.need_page import need_page
from deliberation.agenda.selectors.owed import owed
from deliberation.agenda.selectors.sources import evidence_of
from deliberation.kernel import clock
from deliberation.people.actors import Actor
from deliberation.people.requests import actor_for
from rooms.views.answers import in_words

from .public_agenda import neighbourhood_of

PAGE = 20  # messages


@require_safe
@in_words
def need(request: HttpRequest, kenmerk: str) -> HttpResponse:
    """A need by its kenmerk; of an answer, the need that it answers. Small letters do too."""
    at = clock.now()
    actor = actor_for(request, at=at)
    if kenmerk != kenmerk.upper():
        return redirect("need", kenmerk=kenmerk.upper())
    answer = Response.objects.filter(kenmerk=kenmerk, state=Response.State.PUBLISHED).first()
    if answer is not None and answer.need.kenmerk:
        return redirect(f"{address_of(answer.need)}#answer-{answer.pk}")
    found = need_for(actor, kenmerk, to=Action.READ, at=at)
    if found.merged_into is not None and found.merged_into.kenmerk:
        return redirect(f"{address_of(found.merged_into)}?from={found.kenmerk}")
    return show(request, actor, found, at=at)


@require_safe
@in_words
def need_suggested(request: HttpRequest, slug: str, need: int) -> HttpResponse:
    """What the computer suggests; once it is on the agenda, it is found by its kenmerk."""
    at = clock.now()
    place, actor = neighbourhood_of(slug), actor_for(request, at=at)
    found = Need.objects.of(place.pk).select_related("neighbourhood").filter(pk=need).first()
    if found is None:
        raise no_need()
    if found.kenmerk is not None and found.state != NeedState.SUGGESTED:
        return redirect("need", kenmerk=found.kenmerk)
    if not may(actor, place, Action.REVIEW, at=at) and not _is_to_see(found):
        raise no_need()
    return show(request, actor, found, at=at)


def show(request: HttpRequest, actor: Actor, need: Need, *, at: datetime) -> HttpResponse:
    """The page of a need.

    What `agenda/need.html` gets:

        page        NeedPage: card (Card), title, summary (Sentence), minority, timeline, earlier
        need, place Need, Neighbourhood
        evidence    Page of Evidence: its messages, oldest first
        owed        Owed: answers, support and contests
        said        what the reader just did: "steun", "volg", "klopt-niet" or ""
        merged      kenmerk of the need one came from, now part of this one, or ""
        may_review  whether the reader looks at suggestions
    """
    page = need_page(need, at=at)
    context: dict[str, Any] = {
        "page": page,
        "need": need,
        "place": need.neighbourhood,
        "evidence": Paginator(evidence_of(need), PAGE).get_page(request.GET.get("page")),
        "owed": owed(actor, need, at=at),
        "said": request.GET.get("gedaan", ""),
        "merged": _merged(need, request.GET.get("from", "")),
        "may_review": may(actor, need.neighbourhood, Action.REVIEW, at=at),
    }
    return render(request, "agenda/need.html", context)


def _is_to_see(need: Need) -> bool:
    """The engine's own; what a resident proposes is looked at by a person first."""
    suggested = need.state == NeedState.SUGGESTED
    return suggested and bool(need.engine_id) and need.proposed_by_id is None


def _merged(need: Need, kenmerk: str) -> str:
    """Only of what is part of this need: anybody can type anything into an address."""
    found = need.merged.filter(kenmerk=kenmerk).first() if kenmerk else None
    return (found.kenmerk or "") if found else ""
