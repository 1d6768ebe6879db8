"""Meetings: the way in with a code, the page of a meeting, and planning one."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from deliberation.kernel import clock
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused
from deliberation.people import pace
from deliberation.people.actors import Actor
from deliberation.people.origin import address_of_request
from rooms import access
from rooms.codes import spaced
from rooms.forms.meetings import CodeForm, MeetingForm
from rooms.models import Meeting, MeetingPhase, Room
from rooms.posters.document import document
from rooms.posters.sheet import code as qr_code
from rooms.rights import Action
from rooms.selectors.meetings import meeting_by_code
from rooms.selectors.minutes import minutes
from rooms.services import meeting_plan
from rooms.words import sentence

from .answers import in_words, kept, outcome
from .documents import as_pdf, wanted_language
from .parts import SeeOther, at_thread, in_room, place_of, sent
from .results import result_rows
from .rows import quote_of


@require_safe
@in_words
def by_code(request: HttpRequest, code: str = "") -> HttpResponse:
    """From the screen in the hall to the conversation; or a form for who types the code."""
    typed = code or request.GET.get("code", "")
    if not typed:
        return render(request, "rooms/meetings/code.html", {"form": CodeForm()})
    try:
        found = meeting_by_code(typed)
    except Refused as refused:
        form = CodeForm({"code": typed})
        form.add_error("code", sentence(refused))
        return render(request, "rooms/meetings/code.html", {"form": form}, status=404)
    return SeeOther(_way_in(found))


@require_safe
@in_words
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """The code to scan, as a picture."""
    found = meeting_by_code(code)
    address = request.build_absolute_uri(reverse("meeting_code", args=[found.code]))
    picture = str(qr_code(address)).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    response = HttpResponse(picture, content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
@in_words
def meeting(request: HttpRequest, slug: str, subject: int) -> HttpResponse:
    """When and where, what it is about, and how to take part."""
    actor, room = place_of(request, slug)
    found = access.meeting_for(room, subject)
    at = clock.now()
    context = _minutes(found, at=at) | {
        "code": spaced(found.code),
        "way_in": _way_in(found),
        "may_run": access.may(actor, room, Action.MEETING_PLAN, at=at),
    }
    return render(request, "rooms/meetings/meeting.html", context)


@require_safe
@in_words
def minutes_pdf(request: HttpRequest, slug: str, subject: int) -> HttpResponse:
    """The minutes as they are now: what was hidden since is not in them."""
    _, room = place_of(request, slug)
    found = access.meeting_for(room, subject)
    at = clock.now()
    pace.admit_download(address_of_request(request), at=at)
    address = request.build_absolute_uri(reverse("meeting", args=[slug, found.pk]))
    with wanted_language(request):
        context = _minutes(found, at=at) | {"at": timezone.localtime(at)}
        made = document("rooms/meetings/minutes.html", address=address, **context)
    return as_pdf(made, f"{slug}-{found.pk}.pdf")


def _minutes(meeting: Meeting, *, at: datetime) -> dict[str, Any]:
    """
    minutes         selectors.minutes.Minutes
    polls           list[tuple[PollView, list[Row]]]: closed polls, and each answer of them
    quotes          list[Quote]: what was on the screens; without words where it is not shown now
    """
    found = minutes(meeting, at=at)
    return {
        "room": meeting.room,
        "meeting": meeting,
        "minutes": found,
        "polls": [(poll, result_rows(poll)) for poll in found.polls],
        "quotes": [quote_of(one.view()) for one in found.shown],
    }


@in_room(Action.MEETING_PLAN)
def plan(request: HttpRequest, actor: Actor, room: Room) -> HttpResponse:
    """Plan an evening about this room."""
    at = clock.now()
    form = MeetingForm(sent(request), initial={"ref": new_ref()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            wanted = form.plan()
            said = outcome(
                lambda: meeting_plan(actor=actor, room=room, ref=form.asked(), at=at, **wanted)
            )
            if not isinstance(said, Refused):
                return SeeOther(reverse("meeting_run", args=[room.slug, said.id]))
            field = {"past": "starts_at", "bad_end": "ends_at", "too_many": "points"}
            form.add_error(field.get(said.code), sentence(said))
            status = kept(said)
    context = {"room": room, "form": form, "meetings": _known(room.pk)}
    return render(request, "rooms/meetings/plan.html", context, status=status)


def _known(room: int) -> list[Meeting]:
    return list(Meeting.objects.filter(room=room).order_by("-starts_at")[:50])


def _way_in(meeting: Meeting) -> str:
    """Where one talks along: the conversation on the screen, else the room; before, its page."""
    if meeting.phase == MeetingPhase.PLANNED:
        return reverse("meeting", args=[meeting.room.slug, meeting.pk])
    thread = meeting.scene.get("thread")
    slug = meeting.room.slug
    return at_thread(slug, thread) if thread else reverse("room", args=[slug])
