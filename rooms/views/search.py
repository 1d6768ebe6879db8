"""Searching a room: a page that is complete without scripts.

What `rooms/search.html` gets:

    room            Room; form: SearchForm (q, person, thread, kind, from, to, sort)
    asked           False while nothing was asked yet
    page            Page of messages, or None (nothing asked, or the form says what is wrong)
    hits            list[Hit]: message, parts (text, marked)
    titles          list[Thread]: conversations whose title fits; on the first page only
    best_first      how the messages are ordered; newest, best: addresses of both orders
    widened         address of the same words without filters, or None
    before, after   addresses of the previous and the next page, or None
"""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deliberation.kernel import clock
from deliberation.people.requests import actor_for
from rooms import access
from rooms.forms.searching import BEST, NEWEST, SearchForm
from rooms.models import Message, Room
from rooms.rights import Action
from rooms.search import selector

from .answers import in_words


@require_safe
@in_words
def search(request: HttpRequest, slug: str) -> HttpResponse:
    """What was said in a room about something, by someone, or in a time."""
    at = clock.now()
    actor = actor_for(request, at=at)
    room = access.room_for(actor, slug, to=Action.READ, at=at)
    form = SearchForm(request.GET, room)
    context: dict[str, Any] = {"room": room, "form": form, "asked": form.asks, "page": None}
    if form.asks and form.is_valid():
        context |= _result(request, room, form)
    return render(request, "rooms/search.html", context, status=422 if form.errors else 200)


def _result(request: HttpRequest, room: Room, form: SearchForm) -> dict[str, Any]:
    wanted = form.wanted()
    page = selector.page_of(selector.found(room, wanted), request.GET.get("page", ""))
    alone = page.number == 1 and not form.is_narrowed
    return {
        "page": page,
        "hits": selector.hits(page, wanted.query),
        "titles": selector.titles(room, wanted.query) if alone else [],
        "best_first": wanted.best_first,
        "newest": _address(request, sort=NEWEST),
        "best": _address(request, sort=BEST),
        "widened": _widened(request) if form.is_narrowed else None,
        "before": _turned(request, page, -1) if page.has_previous() else None,
        "after": _turned(request, page, 1) if page.has_next() else None,
    }


def _address(request: HttpRequest, **changes: object) -> str:
    """This search with some answers changed, from its first page; empty fields are left out."""
    asked = {name: value for name, value in request.GET.items() if value and name != "page"}
    return f"?{urlencode(asked | changes)}"


def _turned(request: HttpRequest, page: Page[Message], step: int) -> str:
    return _address(request, page=page.number + step)


def _widened(request: HttpRequest) -> str | None:
    words = request.GET.get("q", "")
    return f"?{urlencode({'q': words})}" if words else None
