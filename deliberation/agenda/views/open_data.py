"""The open data of a neighbourhood as one file."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from deliberation.agenda.opendata.archive import zipped
from deliberation.agenda.opendata.files import files
from deliberation.kernel import clock
from deliberation.people import pace
from deliberation.people.origin import address_of_request
from rooms.views.answers import in_words
from rooms.views.streaming import download

from .public_agenda import neighbourhood_of


@require_safe
@in_words
def open_data(request: HttpRequest, slug: str) -> HttpResponse:
    """A zip archive, made while it is sent; a few an hour for each address."""
    at, place = clock.now(), neighbourhood_of(slug)
    pace.admit_download(address_of_request(request), at=at)
    name = f"{slug}-{at:%Y-%m-%d}.zip"
    pieces = zipped(files(place, at=at), at=at)
    return cast("HttpResponse", download(request, pieces, name=name, kind="application/zip"))
