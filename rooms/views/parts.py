"""What the views of forms share: an answer, a generic page for one act, and its way back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from deliberation.kernel.refusals import Refused
from deliberation.people.actors import Actor
from rooms.models import Room
from rooms.services.locked import as_it_stands
from rooms.words import sentence

from .answers import kept, outcome
from .rows import Quote


class SeeOther(HttpResponseRedirect):
    """ "Done; look there", whatever method was used."""

    status_code = 303


def at_message(slug: str, message: int) -> str:
    return f"{reverse('message', args=[slug, message])}#m{message}"


def at_thread(slug: str, thread: int) -> str:
    return reverse("thread", args=[slug, thread])


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, even an empty form; None while a page is only looked at."""
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True)
class Act:
    """One thing to do on a page of its own: `rooms/act.html` shows it.

    `back` is the address of the way back; `subject` or `quote` is what it is about.
    """

    title: str
    button: str
    back: str
    about: str = ""
    subject: str = ""
    quote: Quote | None = None
    grave: bool = False


def act(
    request: HttpRequest,
    room: Room,
    what: Act,
    form: forms.Form,
    run: Callable[[], str],
    *,
    field: str | None = None,
) -> HttpResponse:
    """Show the form, or carry it out. `run` returns where to go; a refusal stands by `field`."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            found = outcome(lambda: as_it_stands(room, run))
            if not isinstance(found, Refused):
                return SeeOther(found)
            form.add_error(field, sentence(found))
            status = kept(found)
    context: dict[str, Any] = {"act": what, "form": form, "room": room}
    return render(request, "rooms/act.html", context, status=status)


def to_sign_in(request: HttpRequest, actor: Actor) -> HttpResponse | None:
    """Staff pages ask a stranger to sign in first."""
    return redirect_to_login(request.get_full_path()) if actor.id is None else None
