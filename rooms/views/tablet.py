"""A tablet that stands in the hall: people write on it one after the other, and it forgets each.

No cookie, nothing kept: the address alone lets someone write for the hall of one meeting.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from deliberation.kernel import clock
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused
from deliberation.people import pace
from rooms.forms.meetings import TabletForm
from rooms.forms_guard import same_origin
from rooms.models import Meeting, Screen, Thread
from rooms.selectors.meetings import screen_by_token
from rooms.services.hall import tablet_say
from rooms.words import sentence

from .answers import in_words, kept, outcome
from .parts import SeeOther, sent


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
@in_words
def tablet(request: HttpRequest, token: str) -> HttpResponse:
    """Write one thing for the hall."""
    found = screen_by_token(token, use=Screen.Use.TABLET)
    if found is None:
        return render(request, "rooms/meetings/screen_over.html", status=410)
    thread = _talked_about(found.meeting)
    form = TabletForm(sent(request), initial={"ref": new_ref()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and thread:
            said = _say(found, thread, form)
            if not isinstance(said, Refused):
                return SeeOther(reverse("tablet_thanks", args=[token]))
            form.add_error("name" if said.code.startswith("name_") else "body", sentence(said))
            status = kept(said)
    context = {"meeting": found.meeting, "thread": thread, "form": form, "token": token}
    return _forgotten(render(request, "rooms/meetings/tablet.html", context, status=status))


@require_safe
@in_words
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """It arrived; a moment later the next one can write."""
    found = screen_by_token(token, use=Screen.Use.TABLET)
    if found is None:
        return render(request, "rooms/meetings/screen_over.html", status=410)
    context = {"meeting": found.meeting, "token": token}
    return _forgotten(render(request, "rooms/meetings/tablet_thanks.html", context))


def _say(screen: Screen, thread: Thread, form: TabletForm) -> object:
    at = clock.now()

    def say() -> object:
        pace.admit_tablet(screen.pk, at=at)
        return tablet_say(
            screen=screen,
            ref=form.asked(),
            thread=thread.pk,
            body=form.text("body"),
            name=form.text("name"),
            at=at,
        )

    return outcome(say)


def _talked_about(meeting: Meeting) -> Thread | None:
    """What is on the screens; else the first of the agenda, else what is talked in last."""
    here = Thread.objects.filter(room=meeting.room, state="open")
    planned = meeting.points.exclude(thread=None).values_list("thread", flat=True).first()
    for wanted in (meeting.scene.get("thread"), planned):
        if wanted and (found := here.filter(pk=wanted).first()):
            return found
    return here.order_by("-last_seq").first()


def _forgotten(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"  # the address is the key
    return response
