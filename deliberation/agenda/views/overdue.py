"""Which answers are late, for everyone to see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deliberation.agenda.selectors.desk import overdue as overdue_in
from deliberation.kernel import clock
from rooms.views.answers import in_words

from .public_agenda import neighbourhood_of


@require_safe
@in_words
def overdue(request: HttpRequest, slug: str) -> HttpResponse:
    """The late answers of a neighbourhood, the longest first."""
    place = neighbourhood_of(slug)
    context = {"place": place, "late": overdue_in(place.pk, at=clock.now())}
    return render(request, "agenda/overdue.html", context)
