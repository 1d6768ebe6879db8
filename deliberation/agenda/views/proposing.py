"""Proposing a need oneself, from any message; an official puts it on the agenda at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from deliberation.agenda import access
from deliberation.agenda.forms.proposing import ProposeForm
from deliberation.agenda.models import Need
from deliberation.agenda.rights import Action, role_allows
from deliberation.agenda.services.announcing import agenda_writing
from deliberation.agenda.services.proposing import need_place, need_propose
from deliberation.agenda.services.wording import TITLE_LIMIT, first_sentence
from deliberation.kernel import clock
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused
from deliberation.kernel.text import number
from deliberation.people import pace
from deliberation.people.actors import Actor, actor_of
from deliberation.people.joining import NAME
from deliberation.people.models import Person
from deliberation.people.origin import address_of_request
from deliberation.people.requests import actor_for
from deliberation.people.roles import Role
from deliberation.people.signin import sign_in_guest
from rooms.forms_guard import same_origin
from rooms.joining import join
from rooms.models import Message, MessageState, Neighbourhood, Room
from rooms.views.answers import in_words, kept, outcome
from rooms.views.parts import SeeOther, sent
from rooms.words import sentence

from .public_agenda import neighbourhood_of


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
@in_words
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """A need in one's own words; `?bericht=` is the message that it rests on."""
    place, at = neighbourhood_of(slug), clock.now()
    actor = actor_for(request, at=at)
    if actor.id is not None:
        access.require(actor, place, to=Action.PROPOSE, at=at)
    chosen = _message(place, request.POST.get("message") or request.GET.get("bericht"))
    form = ProposeForm(sent(request), initial=_initial(chosen)).among(place, actor, chosen)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            found = outcome(lambda: _carried_out(request, actor, place, form))
            if not isinstance(found, Refused):
                return SeeOther(_after(place, found))
            form.add_error(_field(found, form), sentence(found))
            status = kept(found)
    context: dict[str, Any] = {
        "place": place,
        "form": form,
        "message": chosen,
        "by_official": _is_official(actor),
        "is_sent": request.GET.get("gedaan") == "voorgesteld",
    }
    return render(request, "agenda/propose.html", context, status=status)


def _carried_out(
    request: HttpRequest, actor: Actor, place: Neighbourhood, form: ProposeForm
) -> Need:
    """A visitor joins with it, and only if it is not refused."""
    at, address = clock.now(), address_of_request(request)
    if actor.id is not None:
        pace.admit_form(actor.id, address, at=at)
        return _proposed(actor, place, form)
    # Rooms are held first and in one order, as everywhere where needs change.
    with agenda_writing(place.pk) as log:
        pace.admit_join(address, at=at)
        room: Room = log.rooms[0]
        person: Person = join(room=room, name=form.text("name"), at=at, form=form.asked())
        found = _proposed(actor_of(person, at=at), place, form)
    sign_in_guest(request, person)
    return found


def _proposed(actor: Actor, place: Neighbourhood, form: ProposeForm) -> Need:
    message = form.cleaned_data.get("message")
    act = need_place if _is_official(actor) else need_propose
    return act(
        actor=actor,
        neighbourhood=place,
        words=form.text("words"),
        messages=[message] if message else [],
        theme=form.text("theme"),
        at=clock.now(),
    )


def _is_official(actor: Actor) -> bool:
    """Who answers for the municipality; a manager proposes as residents do, and then decides."""
    return Role.OFFICIAL in actor.roles and role_allows(actor.roles, Action.PLACE)


def _message(place: Neighbourhood, wanted: str | None) -> Message | None:
    """The message that one came from, if everyone in this place can read it."""
    shown = Message.objects.filter(room__neighbourhood=place, state=MessageState.SHOWN)
    shown = shown.exclude(room__opened_at=None).select_related("author", "room", "thread")
    return shown.filter(pk=number(wanted) or 0).first()


def _initial(chosen: Message | None) -> dict[str, object]:
    if chosen is None:
        return {"ref": new_ref()}
    end = first_sentence(chosen).end
    words = chosen.body[:end] if end <= TITLE_LIMIT else ""
    return {"ref": new_ref(), "message": chosen.pk, "words": words}


def _after(place: Neighbourhood, need: Need) -> str:
    if need.kenmerk is not None:
        return reverse("need", args=[need.kenmerk])
    return f"{reverse('need_propose', args=[place.slug])}?gedaan=voorgesteld"


def _field(refused: Refused, form: ProposeForm) -> str:
    if refused.code.startswith(NAME) and "name" in form.fields:
        return "name"
    return "message" if refused.code == "no_message" else "words"
