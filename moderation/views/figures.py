"""The public account: figures, the decisions without names, and the same as files."""

from collections.abc import Iterator
from dataclasses import asdict

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from deliberation.kernel import clock, spreadsheet
from deliberation.people.requests import actor_for
from moderation.figures.counting import Month, months
from moderation.figures.drawing import bars
from moderation.figures.table import Row, rows
from moderation.figures.viewpoints import audit
from moderation.models import Decision, Entry, Head
from rooms import access
from rooms.models import Room
from rooms.rights import Action
from rooms.views.answers import in_words

HEADS = 10
PAGE = 50


@require_safe
@in_words
def page(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Of all rooms, or of one."""
    room = _room(request, slug)
    counted = _months(room)
    context = {
        "room": room,
        "rooms": access.rooms_for(actor_for(request, at=clock.now())).opened(),
        "months": counted[::-1],  # what is new stands first, where a phone shows it
        "rows": rows(counted[::-1]),
        "bars": bars(counted),
        "heads": Head.objects.all()[:HEADS],
        "entries": Entry.objects.count(),
        "audit": audit(room) if room else None,
    }
    return render(request, "moderation/figures.html", context)


@require_safe
@in_words
def decisions(request: HttpRequest) -> HttpResponse:
    """Every decision about a message, the newest first: what, why, when and where."""
    found = Decision.objects.exclude(message=None).select_related("room").order_by("-pk")
    shown = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    return render(request, "moderation/figures_decisions.html", {"page": shown})


@require_safe
@in_words
def as_csv(request: HttpRequest) -> HttpResponse:
    """`?kamer=` for one room."""
    counted = _months(_room(request, request.GET.get("kamer", "")))
    response = HttpResponse("".join(_lines(counted)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="cijfers.csv"'
    return response


@require_safe
@in_words
def as_json(request: HttpRequest) -> HttpResponse:
    """The same, with the published heads of the ledger, and of a room its viewpoints."""
    room = _room(request, request.GET.get("kamer", ""))
    counted, audited = _months(room), audit(room) if room else None
    told: dict[str, object] = {
        "months": [f"{month.first:%Y-%m}" for month in counted],
        "figures": {row.key: _told(row) for row in rows(counted)},
        "ledger": [
            {"day": head.day.isoformat(), "number": head.number, "hash": head.hash}
            for head in Head.objects.all()
        ],
    }
    if audited:
        told["viewpoints"] = [asdict(one) for one in audited.groups]
    return JsonResponse(told)


def _told(row: Row) -> dict[str, object]:
    return {"label": row.label, "unit": row.unit, "values": row.values, "total": row.total}


def _lines(counted: list[Month]) -> Iterator[str]:
    yield spreadsheet.EXCEL
    heading = [f"{month.first:%Y-%m}" for month in counted]
    yield from spreadsheet.table([[_("Figure"), _("Unit"), *heading, _("Together")]])
    for row in rows(counted):
        yield from spreadsheet.table([[row.label, row.unit, *row.values, row.total]])


def _months(room: Room | None) -> list[Month]:
    return months(room, today=timezone.localtime(clock.now()).date())


def _room(request: HttpRequest, slug: str) -> Room | None:
    at = clock.now()
    actor = actor_for(request, at=at)
    return access.room_for(actor, slug, to=Action.READ, at=at) if slug else None
