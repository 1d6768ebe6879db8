"""Conversations on a schedule: the list and the form to plan one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from deliberation.kernel import clock
from deliberation.kernel.refusals import Refused
from deliberation.people.actors import Actor
from rooms.forms.starters import StarterForm
from rooms.models import Room, Starter
from rooms.services import starter_drop, starter_plan
from rooms.words import sentence

from .answers import kept, outcome
from .desk import draft_or_room, managers
from .parts import SeeOther, sent


@require_http_methods(["GET", "HEAD", "POST"])
@managers
def starters(request: HttpRequest, actor: Actor, slug: str) -> HttpResponse:
    """What is planned in a room, and a form to plan more."""
    room, form, status = draft_or_room(actor, slug), StarterForm(sent(request)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            at, plan = clock.now(), form.plan()
            found = outcome(lambda: starter_plan(actor=actor, room=room, at=at, **plan))
            if not isinstance(found, Refused):
                return SeeOther(_here(room))
            form.add_error("when" if found.code == "past" else None, sentence(found))
            status = kept(found)
    planned = Starter.objects.filter(room=room).select_related("planned_by")
    context = {"draft": room, "form": form, "starters": planned}
    return render(request, "rooms/starters.html", context, status=status)


@require_POST
@managers
def starter_drop_page(_request: HttpRequest, actor: Actor, slug: str, starter: int) -> HttpResponse:
    room = draft_or_room(actor, slug)
    starter_drop(actor=actor, room=room, starter=starter, at=clock.now())
    return SeeOther(_here(room))


def _here(room: Room) -> str:
    return reverse("starters", args=[room.slug])
