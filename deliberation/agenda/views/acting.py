"""One thing to do with a need, on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from deliberation.agenda.models import Need
from deliberation.agenda.selectors.words import titles
from deliberation.kernel.refusals import Refused
from rooms.views.answers import kept, outcome
from rooms.views.parts import SeeOther, sent
from rooms.words import sentence


@dataclass(frozen=True)
class NeedAct:
    """`agenda/act.html` shows it. `quote`: the words that it is about. `back`: the address of the
    way back; the need's own where there is none. `staff`: reading it may set a cookie
    (`rooms.forms_guard` says why a resident's form sets none)."""

    title: str
    button: str
    about: str = ""
    quote: str = ""
    back: str = ""
    staff: bool = False


def show_act(
    request: HttpRequest, need: Need, form: forms.Form, what: NeedAct, status: int = 200
) -> HttpResponse:
    """The page with the form."""
    context: dict[str, Any] = {
        "act": what,
        "form": form,
        "need": need,
        "title": titles([need.pk]).get(need.pk) or need.kenmerk,
        "back": what.back or reverse("need", args=[need.kenmerk]),
    }
    return render(request, "agenda/act.html", context, status=status)


def act(
    request: HttpRequest,
    need: Need,
    what: NeedAct,
    form: forms.Form,
    run: Callable[[], object],
    *,
    field: str | None = None,
) -> HttpResponse:
    """Show the form, or carry it out and go back; a refusal stands by `field`."""
    status = 200
    if sent(request) is not None:
        status = 422
        if form.is_valid():
            found = outcome(run)
            if not isinstance(found, Refused):
                return SeeOther(what.back)
            form.add_error(field, sentence(found))
            status = kept(found)
    return show_act(request, need, form, what, status=status)
