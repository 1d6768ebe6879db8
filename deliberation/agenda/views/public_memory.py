"""What was discussed before: while someone writes, or on a page of its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from deliberation.agenda.access import no_need
from deliberation.agenda.selectors.became import kenmerken_in
from deliberation.agenda.selectors.memory import TEXT, Earlier, earlier, needs_in
from deliberation.agenda.services.memory import memory_seen
from deliberation.kernel import clock
from deliberation.kernel.text import MESSAGE_LIMIT
from deliberation.people.requests import actor_for
from rooms.forms_guard import same_origin, same_origin_post
from rooms.views.answers import in_words
from rooms.views.parts import SeeOther, at_thread

from .public_agenda import neighbourhood_of


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
@in_words
def memory(request: HttpRequest, slug: str) -> HttpResponse:
    """Needs of before that a text is about.

    A page with `?q=`; with POST and `text` the same as JSON, for what is not said yet: it stands
    in no address then, and is kept nowhere.
    """
    place = neighbourhood_of(slug)
    if request.method == "POST":
        typed = request.POST.get("text", "")[:MESSAGE_LIMIT]
        thread = request.POST.get("thread", "")
        but = needs_in(int(thread)) if thread.isdecimal() and len(thread) < 19 else ()
        return JsonResponse({"earlier": [_told(one) for one in earlier(place.pk, typed, but=but)]})
    asked = request.GET.get("q", "")[:TEXT]
    context: dict[str, Any] = {
        "place": place,
        "asked": asked,
        "earlier": earlier(place.pk, asked),
    }
    return render(request, "agenda/memory.html", context)


@same_origin_post
@in_words
def seen(request: HttpRequest, slug: str) -> HttpResponse:
    """A manager ticks that they saw what was answered before, for one conversation."""
    neighbourhood_of(slug)
    at, thread = clock.now(), request.POST.get("thread", "")
    if not (thread.isdecimal() and len(thread) < 19):
        raise no_need()
    found = memory_seen(
        actor=actor_for(request, at=at),
        thread=int(thread),
        need=request.POST.get("need", ""),
        at=at,
    )
    return SeeOther(f"{at_thread(found.thread.room.slug, found.thread_id)}#earlier")


@require_safe
def thread_needs(_request: HttpRequest, slug: str, thread: int) -> HttpResponse:
    """Which messages of a conversation are on the agenda: their ids by kenmerk."""
    neighbourhood_of(slug)
    found: dict[str, list[int]] = {}
    for message, kenmerk in sorted(kenmerken_in(thread).items()):
        found.setdefault(kenmerk, []).append(message)
    response = JsonResponse(found)
    response["Cache-Control"] = "no-cache"
    return response


def _told(one: Earlier) -> dict[str, Any]:
    """As the composer shows it. `answer`: the outcome in words, empty while there is none."""
    answer = one.answer
    return {
        "kenmerk": one.need.kenmerk,
        "address": one.address,
        "title": one.title,
        "state": one.need.get_state_display(),
        "answer": answer.get_outcome_display() if answer else "",
        "reason": answer.reason if answer else "",
        "last": one.last,
    }
