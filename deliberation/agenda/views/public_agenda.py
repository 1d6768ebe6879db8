"""The agenda of a neighbourhood, for everyone: a page, and the same as open data."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deliberation.agenda.access import may
from deliberation.agenda.forms.filtering import FilterForm
from deliberation.agenda.rights import Action
from deliberation.agenda.selectors.listing import listing, rooms_of
from deliberation.agenda.selectors.opendata import agenda_data
from deliberation.agenda.selectors.watched import watched
from deliberation.kernel import clock
from deliberation.people.requests import actor_for
from rooms.models import Neighbourhood
from rooms.views.answers import in_words


@require_safe
@in_words
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """What the neighbourhood asks for, in the published order; `?theme=`, `?state=`, `?room=`.

    What `agenda/agenda.html` gets:

        place       Neighbourhood
        listing     Listing: listed, suggested, ended (cards), only, standing
        form        FilterForm
        watched     where the live connection of the page starts, or None without an open room
        may_review  whether the reader looks at suggestions
    """
    at, place = clock.now(), neighbourhood_of(slug)
    # The head is read first: what is newer replays harmlessly.
    live = watched(place)
    everything = listing(place, at=at)
    themes = [card.need.theme for card in everything.cards if card.need.theme]
    form = FilterForm(request.GET, themes, rooms_of(place))
    context: dict[str, Any] = {
        "place": place,
        "listing": everything.only_those(form.only()),
        "form": form,
        "watched": live,
        "at": at,
        "may_review": may(actor_for(request, at=at), place, Action.REVIEW, at=at),
    }
    return render(request, "agenda/agenda.html", context, status=422 if form.errors else 200)


@require_safe
def agenda_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same list for programs; no personal data. Anyone may take it, also from other sites."""
    place, at = neighbourhood_of(slug), clock.now()
    content = agenda_data(listing(place, at=at), place, request.build_absolute_uri, at)
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-cache"
    return response


def neighbourhood_of(slug: str) -> Neighbourhood:
    """Raises Http404."""
    place = Neighbourhood.objects.filter(slug=slug).first()
    if place is None:
        raise Http404
    return place
