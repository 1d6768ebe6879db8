"""The manager's desk: rooms and drafts, a new room from a template, its charter, opening it."""

from typing import ParamSpec

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deliberation.kernel import clock
from deliberation.kernel.refusals import Refused
from deliberation.people.actors import Actor
from deliberation.people.requests import actor_for
from rooms import access, drafts, richtext
from rooms.attached import attached
from rooms.forms.drafting import CharterForm, NewRoomForm, promise
from rooms.house_rules import rules_version
from rooms.models import Charter, Neighbourhood, Room
from rooms.rights import Action, role_allows
from rooms.selectors.lately import lately
from rooms.selectors.needs_me import needs_me
from rooms.services import room_charter, room_new, room_open
from rooms.words import sentence

from .answers import kept, outcome
from .parts import SeeOther, managers_to, sent

_P = ParamSpec("_P")
_FORMS = require_http_methods(["GET", "HEAD", "POST"])


managers = managers_to(Action.CHARTER)


def desk(request: HttpRequest) -> HttpResponse:
    """What needs me now, drafts, the open rooms. Other staff go on to what they came for."""
    actor = actor_for(request, at=clock.now())
    if actor.id is not None and not role_allows(actor.roles, Action.CHARTER):
        return redirect("home")
    return _desk(request)


@require_safe
@managers
def _desk(request: HttpRequest, actor: Actor) -> HttpResponse:
    rooms = list(access.rooms_for(actor))
    opened = [room for room in rooms if room.opened_at]
    context = {
        "needs": needs_me(opened, at=clock.now()),
        "suggestions": attached.waiting(),
        "reported": attached.reported(clock.now()),
        "drafts": [room for room in rooms if room.opened_at is None],
        "talks": lately(opened, each=1),
    }
    return render(request, "rooms/desk.html", context)


@_FORMS
@managers
def room_new_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """First a template, then the room with its charter filled in as far as it can be."""
    chosen = drafts.template(request.GET.get("template", ""))
    if request.method != "POST":
        if chosen is None and "template" not in request.GET:
            return render(request, "rooms/new.html", {"templates": drafts.templates()})
        return new_form(request, NewRoomForm(initial=initial(actor, chosen)))
    form = NewRoomForm(request.POST)
    if _looks(request):
        return new_form(request, form)
    if not form.is_valid():
        return new_form(request, form, status=422)
    found = outcome(lambda: _made(actor, form))
    if isinstance(found, Room):
        return SeeOther(_at(found))
    form.add_error("slug" if found.code == "taken" else None, sentence(found))
    return new_form(request, form, status=kept(found))


@require_safe
@managers
def room_desk(request: HttpRequest, actor: Actor, slug: str) -> HttpResponse:
    """One room: what is still missing, how residents will see it, and what one can do."""
    return _show(request, draft_or_room(actor, slug))


@_FORMS
@managers
def room_charter_page(request: HttpRequest, actor: Actor, slug: str) -> HttpResponse:
    """Change title, introduction and charter."""
    room = draft_or_room(actor, slug)
    form = CharterForm(sent(request), initial=_now(room))
    status = 200
    if request.method == "POST" and not _looks(request):
        status = 422
        if form.is_valid():
            found = outcome(lambda: _changed(actor, room, form))
            if isinstance(found, Room):
                return SeeOther(_at(room))
            form.add_error(None, sentence(found))
            status = kept(found)
    context = {"form": form, "draft": room, "preview": _preview(form)}
    return render(request, "rooms/charter_form.html", context, status=status)


@require_POST
@managers
def room_open_page(request: HttpRequest, actor: Actor, slug: str) -> HttpResponse:
    """Open a draft for everyone; refused while something is missing."""
    room = draft_or_room(actor, slug)
    found = outcome(lambda: room_open(actor=actor, room=room, at=clock.now()))
    if isinstance(found, Refused):
        room = draft_or_room(actor, slug)
        return _show(request, room, refusal=sentence(found), status=kept(found))
    return redirect("room", slug=room.slug)


def _show(
    request: HttpRequest, room: Room, refusal: str | None = None, status: int = 200
) -> HttpResponse:
    missing = [promise(name).verbose_name for name in room.charter.missing()]
    context = {
        "draft": room,
        "mode": room.mode_at(clock.now()),
        "charter": room.charter,
        "introduction": richtext.html(room.introduction),
        "missing": missing,
        "threads": room.threads.filter(state__in=["open", "closed"]).order_by("-last_seq"),
        "refusal": refusal,
    }
    return render(request, "rooms/room_desk.html", context, status=status)


def new_form(request: HttpRequest, form: NewRoomForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "preview": _preview(form)}
    return render(request, "rooms/new_form.html", context, status=status)


def _looks(request: HttpRequest) -> bool:
    """Whether someone only wants to see it: nothing is saved."""
    return "preview" in request.POST


def _preview(form: CharterForm) -> dict[str, object] | None:
    """What was sent, as residents would see it; None for a form that is still as it was."""
    if not form.is_bound:
        return None
    charter = Charter(**{name: form.data.get(name, "") for name in Charter.FIELDS})
    return {"introduction": richtext.html(form.data.get("introduction", "")), "charter": charter}


def initial(actor: Actor, chosen: drafts.RoomTemplate | None) -> dict[str, object]:
    places = list(Neighbourhood.objects.all()[:2])
    only = places[0].pk if len(places) == 1 else None
    fields = chosen.fields if chosen else {}
    known = {"moderators": actor.name, "house_rules": rules_version()}
    return {"neighbourhood": only, **known, **fields}


def _made(actor: Actor, form: NewRoomForm) -> Room:
    given = form.cleaned_data
    with transaction.atomic():
        return room_new(
            actor=actor,
            neighbourhood=given["neighbourhood"] or _neighbourhood(given["new_neighbourhood"]),
            slug=given["slug"] or drafts.proposed_slug(given["title"]),
            title=given["title"],
            introduction=given["introduction"],
            charter=form.charter(),
        )


def _neighbourhood(name: str) -> Neighbourhood:
    slug = slugify(name)[:60] or "buurt"
    return Neighbourhood.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def _changed(actor: Actor, room: Room, form: CharterForm) -> Room:
    return room_charter(
        actor=actor,
        room=room,
        charter=form.charter(),
        title=form.cleaned_data["title"],
        introduction=form.cleaned_data["introduction"],
        at=clock.now(),
    )


def draft_or_room(actor: Actor, slug: str) -> Room:
    return access.room_for(actor, slug, to=Action.CHARTER, at=clock.now())


def _now(room: Room) -> dict[str, str]:
    promises = {name: getattr(room.charter, name) for name in Charter.FIELDS}
    return {"title": room.title, "introduction": room.introduction, **promises}


def _at(room: Room) -> str:
    return reverse("room_desk", args=[room.slug])
