"""Adopted agendas, for everyone; adopting one, for community managers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from deliberation.agenda.access import may
from deliberation.agenda.models import Version
from deliberation.agenda.rights import Action
from deliberation.agenda.selectors.adopted import adopted, content_of, difference_of, named
from deliberation.agenda.services.versions import unanswered, version_adopt
from deliberation.kernel import clock
from deliberation.kernel.refusals import Refused
from deliberation.people.requests import actor_for
from rooms.forms_guard import same_origin
from rooms.models import Neighbourhood
from rooms.views.answers import in_words, kept, outcome
from rooms.views.parts import SeeOther
from rooms.words import sentence

from .public_agenda import neighbourhood_of


@require_safe
@in_words
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """All versions, the newest first; below it a form for who may adopt the next."""
    return _versions(request, neighbourhood_of(slug))


@require_POST
@same_origin
@in_words
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Adopt the agenda as it stands now."""
    at, place = clock.now(), neighbourhood_of(slug)
    actor = actor_for(request, at=at)
    found = outcome(lambda: version_adopt(actor=actor, neighbourhood=place, at=at))
    if isinstance(found, Refused):
        return _versions(request, place, refused=found)
    return SeeOther(reverse("version", args=[slug, found.number]))


@require_safe
@in_words
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version: what changed with it, and its needs with their words as they are now.

    What `agenda/version.html` gets:

        place, version, content     Neighbourhood, Version, its content (None: not readable)
        changes                     list of (heading, list of (name, address, what it is now))
        listed, ended               list[Adopted]
        changed_since               how many needs say something else now
    """
    place = neighbourhood_of(slug)
    found = version_of(place, number)
    needs = adopted(found)
    context: dict[str, Any] = {
        "place": place,
        "version": found,
        "content": content_of(found),
        "changes": _changes(found),
        "listed": [one for one in needs if one.is_listed],
        "ended": [one for one in needs if not one.is_listed],
        "changed_since": sum(not one.stands for one in needs),
        "next": Version.objects.filter(previous=found).first(),
    }
    return render(request, "agenda/version.html", context)


@require_safe
def version_content(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The content, byte for byte: its SHA-256 is the hash of the version."""
    del request
    found = version_of(neighbourhood_of(slug), number)
    response = HttpResponse(found.content, content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def version_of(place: Neighbourhood, number: int) -> Version:
    """Raises Http404."""
    versions = Version.objects.select_related("neighbourhood", "previous", "by")
    found = versions.filter(neighbourhood=place, number=number).first()
    if found is None:
        raise Http404
    return found


def _versions(
    request: HttpRequest, place: Neighbourhood, *, refused: Refused | None = None
) -> HttpResponse:
    at = clock.now()
    found = Version.objects.filter(neighbourhood=place).select_related("previous")
    rows = [(one, difference_of(one)) for one in found.order_by("-number")]
    context = {
        "place": place,
        "rows": rows,
        "may_adopt": may(actor_for(request, at=at), place, Action.ADOPT, at=at),
        "waiting": unanswered(place),
        "refusal": sentence(refused) if refused else "",
    }
    return render(
        request, "agenda/versions.html", context, status=kept(refused) if refused else 200
    )


def _changes(version: Version) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """What changed, kind by kind: the needs by name, with their kenmerk and a remark."""
    found = difference_of(version)
    moved = [(one.need, f"{one.was} → {one.now}") for one in found.moved]
    kinds = (
        (_("New on the agenda"), [(one, "") for one in found.added]),
        (_("No longer in it"), [(one, "") for one in found.gone]),
        (_("Answered"), [(one, "") for one in found.answered]),
        (_("Another place in the order"), moved),
        (_("Worded differently"), [(one, "") for one in found.reworded]),
        (_("A later day for the answer"), [(one, one["due_on"]) for one in found.postponed]),
    )
    entries = {one["id"]: one for _kind, rows in kinds for one, _remark in rows}
    names = named(entries.values(), version.neighbourhood)
    return [
        (kind, [(names[one["id"]], one["kenmerk"], remark) for one, remark in rows])
        for kind, rows in kinds
        if rows
    ]
