"""One's own page: a name, what one wrote and what came of it, taking it along, erasing it."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from deliberation.kernel import clock
from deliberation.kernel.refusals import Refused
from deliberation.people import pace
from deliberation.people.actors import Actor
from deliberation.people.models import Person
from deliberation.people.origin import address_of_request
from deliberation.people.requests import actor_for
from deliberation.people.signin import person_of
from rooms.agenda_shown import agenda
from rooms.forms.you import EraseForm, NameForm, erase_word
from rooms.forms_guard import same_origin
from rooms.models import Message
from rooms.privacy.erasing import erase
from rooms.privacy.export import as_html, as_json
from rooms.privacy.mine import PAGE, written
from rooms.privacy.renaming import rename
from rooms.words import sentence

from .answers import in_words, kept, outcome
from .parts import SeeOther, sent
from .streaming import download

_FORMS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@in_words
def you_page(request: HttpRequest) -> HttpResponse:
    """What you wrote, newest first; older with `?before=` the id of a message."""
    person = person_of(request.session)
    if person is None:
        return render(request, "rooms/you/nobody.html")
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    found = written(person.pk, before=before, size=PAGE + 1)
    became = agenda().became([one.message.pk for one in found[:PAGE]])
    context = {
        "person": person,
        "count": Message.objects.filter(author=person).count(),
        "rows": [(one, became.get(one.message.pk, "")) for one in found[:PAGE]],
        "older": found[PAGE - 1].message.pk if len(found) > PAGE else None,
        "newest": before is None,
        "renamed": "naam" in request.GET,
        "said": next((word for word in ("terug", "elders") if word in request.GET), ""),
        "has_no_password": not (person.is_staff_member or person.email),
    }
    return render(request, "rooms/you/you.html", context)


@same_origin
@_FORMS
@in_words
def name_page(request: HttpRequest) -> HttpResponse:
    """Another name, also beside what one wrote before."""
    person = person_of(request.session)
    if person is None:
        return SeeOther(reverse("you"))
    form = NameForm(sent(request), initial={"name": person.name})
    status = 200
    if request.method == "POST":
        form.is_valid()
        found = _done(
            request,
            lambda actor: rename(
                actor=actor, name=str(form.cleaned_data.get("name") or ""), at=clock.now()
            ),
        )
        if not isinstance(found, Refused):
            return SeeOther(reverse("you") + "?naam")
        form.add_error("name", sentence(found))
        status = kept(found)
    context = {"form": form, "person": person}
    return render(request, "rooms/you/name.html", context, status=status)


@same_origin
@_FORMS
@in_words
def erase_page(request: HttpRequest) -> HttpResponse:
    """Erase everything: explained first, done after a typed word, and then signed out."""
    person = person_of(request.session)
    if person is None:
        return SeeOther(reverse("erased"))
    form = EraseForm(sent(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            found = _done(request, lambda actor: erase(actor=actor, at=clock.now()))
            if not isinstance(found, Refused):
                logout(request)
                return SeeOther(reverse("erased"))
            form.add_error("word", sentence(found))
            status = kept(found)
    context = {"form": form, "person": person, "word": erase_word()}
    return render(request, "rooms/you/erase.html", context, status=status)


@require_safe
@in_words
def erased_page(request: HttpRequest) -> HttpResponse:
    return render(request, "rooms/you/erased.html")


@require_safe
def export_json(request: HttpRequest) -> HttpResponseBase:
    """Everything of yours, for a program to read."""
    person = person_of(request.session)
    if person is None:
        return SeeOther(reverse("you"))
    pieces = as_json(person, at=clock.now(), address=request.build_absolute_uri)
    return download(request, pieces, name=_name("json"), kind="application/json")


@require_safe
def export_html(request: HttpRequest) -> HttpResponseBase:
    """Everything of yours, to read."""
    person = person_of(request.session)
    if person is None:
        return SeeOther(reverse("you"))
    pieces = as_html(
        person,
        at=clock.now(),
        language=get_language() or "nl",
        address=request.build_absolute_uri,
    )
    return download(request, pieces, name=_name("html"), kind="text/html; charset=utf-8")


def _done(request: HttpRequest, run: Callable[[Actor], Person | None]) -> Person | Refused | None:
    at = clock.now()
    actor = actor_for(request, at=at)

    def paced() -> Person | None:
        if actor.id is not None:
            pace.admit_form(actor.id, address_of_request(request), at=at)
        return run(actor)

    return outcome(paced)


def _name(ending: str) -> str:
    return f"buurtdialoog-{clock.now():%Y-%m-%d}.{ending}"
