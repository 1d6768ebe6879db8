"""What the council gets: a need or a version as PDF, JSON and CSV."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from deliberation.agenda.access import need_for
from deliberation.agenda.models import Version
from deliberation.agenda.package.dossier import Dossier, as_data, dossier
from deliberation.agenda.package.tables import need_table, version_table
from deliberation.agenda.rights import Action
from deliberation.agenda.selectors.adopted import Adopted, adopted, content_of
from deliberation.kernel import clock
from deliberation.people import pace
from deliberation.people.origin import address_of_request
from deliberation.people.requests import actor_for
from rooms.posters.document import document
from rooms.views.answers import in_words
from rooms.views.documents import as_pdf, wanted_language

from .public_agenda import neighbourhood_of
from .versions import version_of


@require_safe
@in_words
def need_pdf(request: HttpRequest, kenmerk: str) -> HttpResponse:
    """In Dutch, or in the language of `?lang=`."""
    _admit(request)
    found = _dossier(request, kenmerk)
    with wanted_language(request):
        template = "agenda/package/need.html"
        made = document(template, address=found.address, found=found, need=found.need)
    return as_pdf(made, f"{found.need.kenmerk}.pdf")


@require_safe
@in_words
def need_json(request: HttpRequest, kenmerk: str) -> HttpResponse:
    return as_json(as_data(_dossier(request, kenmerk)))


@require_safe
@in_words
def need_csv(request: HttpRequest, kenmerk: str) -> HttpResponse:
    found = _dossier(request, kenmerk)
    with wanted_language(request):
        return as_csv(need_table(found), f"{found.need.kenmerk}.csv")


@require_safe
@in_words
def version_pdf(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """In Dutch, or in the language of `?lang=`."""
    _admit(request)
    place = neighbourhood_of(slug)
    version = version_of(place, number)
    address = request.build_absolute_uri(reverse("version", args=[slug, number]))
    context = {"version": version, "place": place, "needs": adopted(version)}
    with wanted_language(request):
        made = document("agenda/package/version.html", address=address, **context)
    return as_pdf(made, f"{slug}-{number}.pdf")


@require_safe
@in_words
def version_json(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What was adopted, with the words as they are shown now beside it."""
    del request
    version = version_of(neighbourhood_of(slug), number)
    return as_json(_version_data(version))


@require_safe
@in_words
def version_csv(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    version = version_of(neighbourhood_of(slug), number)
    with wanted_language(request):
        return as_csv(version_table(adopted(version)), f"{slug}-{number}.csv")


def as_csv(lines: Iterator[str], name: str) -> HttpResponse:
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def as_json(data: dict[str, Any]) -> HttpResponse:
    """For programs, also those of other sites."""
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _admit(request: HttpRequest) -> None:
    pace.admit_download(address_of_request(request), at=clock.now())


def _dossier(request: HttpRequest, kenmerk: str) -> Dossier:
    """Of what came on the agenda. Raises Refused."""
    at = clock.now()
    need = need_for(actor_for(request, at=at), kenmerk.upper(), to=Action.READ, at=at)
    address = request.build_absolute_uri(reverse("need", args=[need.kenmerk]))
    return dossier(need, address=address, at=at)


def _version_data(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "hash": version.hash,
        "adopted": content_of(version),
        "words": [_words(one) for one in adopted(version)],
    }


def _words(one: Adopted) -> dict[str, Any]:
    sentences = [*([one.title] if one.title else []), *one.summary]
    return {
        "kenmerk": one.then["kenmerk"],
        "title": one.title.text if one.title else "",
        "stands": one.stands,
        "sentences": [
            {
                "text": each.text,
                "sources": [
                    {"message": source.message.pk, "state": source.state, "quote": source.quote}
                    for source in each.sources
                ],
            }
            for each in sentences
        ],
        "answers": [
            {
                "kenmerk": each.kenmerk,
                "outcome": each.outcome,
                "reason": each.response.reason if each.response else None,
                "changed": each.changed,
            }
            for each in one.answers
        ],
    }
