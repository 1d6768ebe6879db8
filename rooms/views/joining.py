"""Taking part: a name, and nothing else."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from deliberation.eventlog.refs import Done
from deliberation.kernel import clock
from deliberation.kernel.refusals import Refused
from deliberation.people import pace
from deliberation.people.actors import Actor, actor_of
from deliberation.people.models import Person
from deliberation.people.origin import address_of_request
from deliberation.people.requests import actor_for
from deliberation.people.signin import sign_in_guest
from deliberation.protocol.codec import encode
from deliberation.protocol.shapes import You
from rooms import access
from rooms.forms.writing import NamedForm
from rooms.forms_guard import same_origin
from rooms.joining import join
from rooms.models import Room
from rooms.rights import Action
from rooms.services.locked import as_it_stands
from rooms.words import sentence

from .answers import STATUS, in_words, kept, outcome
from .parts import SeeOther, sent


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
@in_words
def join_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a name. Who has one already goes on as they are."""
    at = clock.now()
    actor = actor_for(request, at=at)
    room = access.room_for(actor, slug, to=Action.READ, at=at)
    form = NamedForm(sent(request))
    if request.method != "POST":
        return _form(request, room, NamedForm())
    form.is_valid()
    found = _joined(request, actor, room, form)
    if isinstance(found, Refused):
        if _wants_json(request):
            return _refused_json(found)
        form.add_error("name", sentence(found))
        return _form(request, room, form, status=kept(found))
    if _wants_json(request):
        you = access.you(found, room, at=at)
        return HttpResponse(_you_json(you), content_type="application/json")
    return SeeOther(_next(request, room))


def taking_part(
    request: HttpRequest,
    actor: Actor,
    room: Room,
    form: NamedForm,
    run: Callable[[Actor], Done],
) -> Done | Refused:
    """Carry out `run`. A visitor joins with it, and only if it is not refused."""
    at, address = clock.now(), address_of_request(request)

    def together() -> tuple[Done, Person | None]:
        if actor.id is not None:
            pace.admit_form(actor.id, address, at=at)
            return as_it_stands(room, lambda: run(actor)), None
        with transaction.atomic():
            pace.admit_join(address, at=at)
            person = join(room=room, name=form.text("name"), at=at, form=form.asked())
            return as_it_stands(room, lambda: run(actor_of(person, at=at))), person

    found = outcome(together)
    if isinstance(found, Refused):
        return found
    done, person = found
    if person is not None:
        sign_in_guest(request, person)
    return done


def _joined(request: HttpRequest, actor: Actor, room: Room, form: NamedForm) -> Actor | Refused:
    if actor.id is not None:
        return actor
    at = clock.now()

    def run() -> Person:
        pace.admit_join(address_of_request(request), at=at)
        person = join(room=room, name=form.text("name"), at=at)
        sign_in_guest(request, person)
        return person

    found = outcome(run)
    return found if isinstance(found, Refused) else actor_of(found, at=at)


def _form(request: HttpRequest, room: Room, form: NamedForm, status: int = 200) -> HttpResponse:
    wanted = _next(request, room)
    context = {"room": room, "form": form, "next": wanted}
    return render(request, "rooms/join.html", context, status=status)


def _next(request: HttpRequest, room: Room) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    mine = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if mine else reverse("room", args=[room.slug])


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _you_json(you: You | None) -> bytes:
    return b'{"you":' + (encode(you) if you else b"null") + b"}"


def _refused_json(refused: Refused) -> JsonResponse:
    body: dict[str, object] = {"code": refused.code, "text": sentence(refused)}
    if refused.retry_after is not None:
        body["retry_after"] = refused.retry_after
    status = 429 if refused.code == "too_fast" else STATUS.get(refused.code, 422)
    return JsonResponse(body, status=status)
