"""The report of a quarter: a page, a document, a table."""

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from deliberation.agenda.package import figures
from deliberation.agenda.quarter import Quarter, quarter_of
from deliberation.agenda.selectors.quarterly import Quarterly, quarterly
from deliberation.kernel import clock
from deliberation.people import pace
from deliberation.people.origin import address_of_request
from rooms.models import Neighbourhood
from rooms.posters.document import document
from rooms.views.answers import in_words
from rooms.views.documents import as_pdf, wanted_language

from .packages import as_csv
from .public_agenda import neighbourhood_of


@require_safe
@in_words
def quarter(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """One quarter, of those that have begun."""
    at, place = clock.now(), neighbourhood_of(slug)
    found = _quarterly(place, year, number, at=at)
    context = {
        "place": place,
        "found": found,
        "parts": figures.parts(found.report),
        "next": found.quarter.next if found.is_over else None,
    }
    return render(request, "agenda/quarter.html", context)


@require_safe
def quarter_now(request: HttpRequest, slug: str) -> HttpResponse:
    """On to the quarter of today."""
    del request
    now = quarter_of(timezone.localtime(clock.now()).date())
    return redirect("quarter", slug=slug, year=now.year, number=now.number)


@require_safe
@in_words
def quarter_pdf(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """In Dutch, or in the language of `?lang=`."""
    at, place = clock.now(), neighbourhood_of(slug)
    pace.admit_download(address_of_request(request), at=at)
    found = _quarterly(place, year, number, at=at)
    address = request.build_absolute_uri(reverse("quarter", args=[slug, year, number]))
    with wanted_language(request):
        parts = figures.parts(found.report)
        context = {"place": place, "found": found, "parts": parts}
        made = document("agenda/package/quarter.html", address=address, **context)
    return as_pdf(made, f"{slug}-{year}-{number}.pdf")


@require_safe
@in_words
def quarter_csv(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    found = _quarterly(neighbourhood_of(slug), year, number, at=clock.now())
    with wanted_language(request):
        return as_csv(figures.table(found), f"{slug}-{year}-{number}.csv")


def _quarterly(place: Neighbourhood, year: int, number: int, *, at: datetime) -> Quarterly:
    """Raises Http404 for a quarter that has not begun, or is none."""
    if not (2000 <= year < 3000 and 1 <= number <= 4):
        raise Http404
    wanted = Quarter(year, number)
    if wanted.bounds(settings.TIME_ZONE)[0] > at:
        raise Http404
    return quarterly(place, wanted, at=at)
