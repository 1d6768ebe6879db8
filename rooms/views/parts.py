"""What the views of forms share: an answer, a generic page for one act, and its way back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import update_wrapper, wraps
from typing import Any, Concatenate, ParamSpec

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from deliberation.kernel import clock
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from deliberation.people.requests import actor_for
from rooms import access
from rooms.models import Room
from rooms.rights import Action, role_allows
from rooms.services.locked import as_it_stands
from rooms.words import sentence

from .answers import in_words, kept, outcome
from .rows import Quote

_P = ParamSpec("_P")


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
    fields: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Show the form, or carry it out. `run` returns where to go; a refusal stands by `field`, or
    by the one of `fields` that its code belongs to."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            found = outcome(lambda: as_it_stands(room, run))
            if not isinstance(found, Refused):
                return SeeOther(found)
            form.add_error((fields or {}).get(found.code, field), sentence(found))
            status = kept(found)
    context: dict[str, Any] = {"act": what, "form": form, "room": room}
    return render(request, "rooms/act.html", context, status=status)


def managers_to(
    to: Action,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Actor, _P], HttpResponse]],
    Callable[Concatenate[HttpRequest, _P], HttpResponse],
]:
    """A page for who may do `to` in every room; a stranger signs in first. The view gets them."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, Actor, _P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, _P], HttpResponse]:
        @wraps(view)
        def managed(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
            actor = actor_for(request, at=clock.now())
            if sign_in := to_sign_in(request, actor):
                return sign_in
            if not role_allows(actor.roles, to):
                raise Refused("not_allowed", gettext_noop("This page is for community managers."))
            return view(request, actor, *args, **kwargs)

        return in_words(managed)

    return decorate


def in_room(
    to: Action,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Actor, Room, _P], HttpResponse]],
    Callable[..., HttpResponse],
]:
    """A page in one room, for who may do `to` there; a stranger signs in first. The view gets
    them and the room."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, Actor, Room, _P], HttpResponse],
    ) -> Callable[..., HttpResponse]:
        def staffed(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
            at = clock.now()
            actor = actor_for(request, at=at)
            if sign_in := to_sign_in(request, actor):
                return sign_in
            room = access.room_for(actor, slug, to=to, at=at)
            return view(request, actor, room, *args, **kwargs)

        page: Callable[..., HttpResponse] = update_wrapper(staffed, view)
        return require_http_methods(["GET", "HEAD", "POST"])(in_words(page))

    return decorate


def place_of(request: HttpRequest, slug: str) -> tuple[Actor, Room]:
    """Who asks, and the room at this address if they may read it. Raises Refused."""
    at = clock.now()
    actor = actor_for(request, at=at)
    return actor, access.room_for(actor, slug, to=Action.READ, at=at)


def to_sign_in(request: HttpRequest, actor: Actor) -> HttpResponse | None:
    """Staff pages ask a stranger to sign in first."""
    return redirect_to_login(request.get_full_path()) if actor.id is None else None
