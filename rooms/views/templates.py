"""Rooms taken along as a file, and new rooms from such a file."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from deliberation.kernel.refusals import Refused
from deliberation.people.actors import Actor
from rooms import drafts, interchange
from rooms.forms.drafting import NewRoomForm
from rooms.words import sentence

from .answers import kept, outcome
from .desk import draft_or_room, initial, managers, new_form

_READABLE = {"indent": 2, "ensure_ascii": False}


@require_POST
@managers
def room_import_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A new room from somebody's template; nothing is saved yet."""
    file = request.FILES.get("template")
    found = outcome(lambda: interchange.imported(file.read(interchange.LIMIT + 1) if file else b""))
    if isinstance(found, Refused):
        context = {"templates": drafts.templates(), "refusal": sentence(found)}
        return render(request, "rooms/new.html", context, status=kept(found))
    return new_form(request, NewRoomForm(initial=initial(actor, None) | found))


@require_safe
@managers
def room_template(_request: HttpRequest, actor: Actor, slug: str) -> HttpResponse:
    """The room as a template, to take along."""
    response = JsonResponse(
        interchange.exported(draft_or_room(actor, slug)), json_dumps_params=_READABLE
    )
    response["Content-Disposition"] = f'attachment; filename="{slug}.json"'
    return response
