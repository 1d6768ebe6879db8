"""Pages to read: home, neighbourhood, a charter in full, and pages that
explain: house rules, privacy, accessibility, the software."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deliberation import __version__
from deliberation.kernel import clock
from deliberation.people.requests import actor_for
from deliberation.people.roles import Role
from rooms import access, richtext
from rooms.agenda_shown import agenda
from rooms.models import Neighbourhood
from rooms.rights import Action
from rooms.selectors.known import known
from rooms.selectors.lately import RoomTalk, lately

from .answers import in_words


@require_safe
@in_words
def home(request: HttpRequest) -> HttpResponse:
    """What is talked about now, per neighbourhood."""
    actor = actor_for(request, at=clock.now())
    talks = lately(access.rooms_for(actor).opened())
    places: dict[Neighbourhood, list[RoomTalk]] = {}
    for talk in talks:
        places.setdefault(talk.room.neighbourhood, []).append(talk)
    standing = agenda().standing([place.pk for place in places])
    context = {
        "places": [(place, found, standing.get(place.pk, 0)) for place, found in places.items()],
        "can_open": Role.MANAGER in actor.roles,
        "offline": settings.OFFLINE,
    }
    return render(request, "rooms/home.html", context)


@require_safe
@in_words
def neighbourhood(request: HttpRequest, slug: str) -> HttpResponse:
    """The rooms of one neighbourhood."""
    place = Neighbourhood.objects.filter(slug=slug).first()
    if place is None:
        raise Http404
    actor = actor_for(request, at=clock.now())
    talks = lately(access.rooms_for(actor).opened().filter(neighbourhood=place), each=5)
    top = agenda().of_place(place, at=clock.now())
    context = {"place": place, "talks": talks, "known": known(place), "agenda": top}
    return render(request, "rooms/neighbourhood.html", context)


@require_safe
@in_words
def charter(request: HttpRequest, slug: str) -> HttpResponse:
    """What residents may expect of a room."""
    at = clock.now()
    actor = actor_for(request, at=at)
    room = access.room_for(actor, slug, to=Action.READ, at=at)
    introduction = richtext.html(room.introduction)
    context = {"room": room, "charter": room.charter, "introduction": introduction}
    return render(request, "rooms/charter.html", context)


@require_safe
@in_words
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "rooms/privacy.html")


@require_safe
@in_words
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that every public body in the Netherlands owes its visitors."""
    return render(request, "rooms/accessibility.html")


@require_safe
@in_words
def about(request: HttpRequest) -> HttpResponse:
    context = {"version": __version__, "source": settings.SOURCE_URL}
    return render(request, "rooms/about.html", context)
