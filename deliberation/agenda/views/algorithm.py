"""What the computer does, for everyone to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from deliberation import __version__
from deliberation.agenda import algorithm as facts
from deliberation.engine import Parameters
from rooms.views.answers import in_words

from .packages import as_json


@require_safe
@in_words
def algorithm(request: HttpRequest) -> HttpResponse:
    context = {
        "is_on": facts.is_on(),
        "groups": [facts.general(), facts.responsible(), facts.working()],
        "parameters": facts.parameters(),
        "known": facts.known_error(),
        "version": __version__,
        "engine": Parameters().version,
    }
    return render(request, "agenda/algorithm.html", context)


@require_safe
def algorithm_json(request: HttpRequest) -> HttpResponse:
    address = request.build_absolute_uri(reverse("algorithm"))
    return as_json(facts.as_data(address, (get_language() or "nl")[:2]))
