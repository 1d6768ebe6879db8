"""Running a meeting: the console, its screens, and the screens themselves."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deliberation.engine.words import passing
from deliberation.kernel import clock
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused
from deliberation.people.actors import VISITOR, Actor
from rooms import access, selectors
from rooms.codes import spaced
from rooms.embedding import embedded
from rooms.forms.meetings import AgreementForm, HandoverForm, ScreenForm
from rooms.forms.writing import RefForm
from rooms.models import Meeting, Room, Screen, Thread
from rooms.rights import Action
from rooms.selectors import Window
from rooms.selectors.meetings import screen_by_token
from rooms.selectors.minutes import messages_share
from rooms.services import (
    agreement_add,
    agreement_drop,
    meeting_close,
    meeting_hand_over,
    meeting_open,
    meeting_take_over,
    screen_new,
    screen_revoke,
)
from rooms.words import sentence

from .answers import in_words, kept, outcome
from .parts import SeeOther, in_room, sent

Running = Callable[[HttpRequest, Actor, Meeting], HttpResponse]


def facilitator(view_of: Running) -> Callable[[HttpRequest, str, int], HttpResponse]:
    """A view of one meeting, for who may run it; a stranger signs in first."""

    @in_room(Action.MEETING_PLAN)
    @wraps(view_of)
    def view(request: HttpRequest, actor: Actor, room: Room, subject: int) -> HttpResponse:
        found = access.meeting_for(room, subject)
        found.room = room
        return view_of(request, actor, found)

    return view


@require_safe
@facilitator
def run(request: HttpRequest, actor: Actor, meeting: Meeting) -> HttpResponse:
    """The console, for one hand on a phone."""
    return _console(request, actor, meeting)


@require_safe
@facilitator
def scribe(request: HttpRequest, actor: Actor, meeting: Meeting) -> HttpResponse:
    """Put down what people say in the hall, or wrote on cards: many in a row."""
    opening = selectors.opening(actor, meeting.room, Window(), at=clock.now())
    context = {"room": meeting.room, "meeting": meeting, "opening_json": embedded(opening)}
    return render(request, "rooms/meetings/scribe.html", context)


@require_POST
@facilitator
def phase(request: HttpRequest, actor: Actor, meeting: Meeting) -> HttpResponse:
    """Begin the evening, or end it: `do` says which."""
    form = RefForm(request.POST)
    form.is_valid()
    service = meeting_close if request.POST.get("do") == "close" else meeting_open
    said = outcome(
        lambda: service(
            actor=actor, room=meeting.room, ref=form.asked(), meeting=meeting.pk, at=clock.now()
        )
    )
    if isinstance(said, Refused):
        return _console(request, actor, meeting, refused=said)
    name = "meeting" if service is meeting_close else "meeting_run"
    return SeeOther(reverse(name, args=[meeting.room.slug, meeting.pk]))


@require_POST
@facilitator
def hand_over(request: HttpRequest, actor: Actor, meeting: Meeting) -> HttpResponse:
    """Leave a note for a colleague, or (`do=take`) take over from one."""
    common: dict[str, Any] = {"actor": actor, "room": meeting.room, "meeting": meeting.pk}
    common["at"] = clock.now()
    form = HandoverForm(sent(request), prefix="hand")
    taking = request.POST.get("do") == "take"
    if not form.is_valid() and not taking:
        return _console(request, actor, meeting, handing=form, status=422)
    said = outcome(
        lambda: (
            meeting_take_over(**common, ref=form.asked())
            if taking
            else meeting_hand_over(**common, ref=form.asked(), words=form.text("words"))
        )
    )
    if isinstance(said, Refused):
        return _console(request, actor, meeting, refused=said)
    return SeeOther(reverse("meeting_run", args=[meeting.room.slug, meeting.pk]) + "#handover")


@require_POST
@facilitator
def screen_add(request: HttpRequest, actor: Actor, meeting: Meeting) -> HttpResponse:
    """A screen more. Its address is told once, here: nobody can look it up again."""
    form = ScreenForm(sent(request))
    if not form.is_valid():
        return _console(request, actor, meeting, form, status=422)
    made = outcome(
        lambda: screen_new(
            actor=actor,
            room=meeting.room,
            ref=form.asked(),
            meeting=meeting.pk,
            name=form.text("name"),
            use=form.cleaned_data["use"],
            at=clock.now(),
        )
    )
    if isinstance(made, Refused):
        form.add_error("name", sentence(made))
        return _console(request, actor, meeting, form, status=kept(made))
    screen, token = made
    page = "tablet" if screen.use == Screen.Use.TABLET else "screen"
    address = request.build_absolute_uri(reverse(page, args=[token]))
    context = {"room": meeting.room, "meeting": meeting, "screen": screen, "address": address}
    return render(request, "rooms/meetings/screen_made.html", context)


@require_POST
@facilitator
def screen_off(request: HttpRequest, actor: Actor, meeting: Meeting) -> HttpResponse:
    """Switch a screen off, wherever it hangs."""
    form = RefForm(request.POST)
    form.is_valid()
    said = outcome(
        lambda: screen_revoke(
            actor=actor,
            room=meeting.room,
            ref=form.asked(),
            screen=_number(request, "screen"),
            at=clock.now(),
        )
    )
    if isinstance(said, Refused):
        return _console(request, actor, meeting, refused=said)
    return SeeOther(reverse("meeting_run", args=[meeting.room.slug, meeting.pk]) + "#screens")


@require_POST
@facilitator
def agreement_new(request: HttpRequest, actor: Actor, meeting: Meeting) -> HttpResponse:
    """Put down what was agreed."""
    form = AgreementForm(sent(request), prefix="agreed")
    if not form.is_valid():
        return _console(request, actor, meeting, agreeing=form, status=422)
    said = outcome(
        lambda: agreement_add(
            actor=actor,
            room=meeting.room,
            ref=form.asked(),
            meeting=meeting.pk,
            words=form.text("words"),
            who=form.text("who"),
            due_on=form.cleaned_data["due_on"],
            at=clock.now(),
        )
    )
    if isinstance(said, Refused):
        form.add_error("words", sentence(said))
        return _console(request, actor, meeting, agreeing=form, status=kept(said))
    return _to_agreements(meeting)


@require_POST
@facilitator
def agreement_away(request: HttpRequest, actor: Actor, meeting: Meeting) -> HttpResponse:
    """It was not agreed like this."""
    form = RefForm(request.POST)
    form.is_valid()
    said = outcome(
        lambda: agreement_drop(
            actor=actor,
            room=meeting.room,
            ref=form.asked(),
            meeting=meeting.pk,
            agreement=_number(request, "agreement"),
            at=clock.now(),
        )
    )
    if isinstance(said, Refused):
        return _console(request, actor, meeting, refused=said)
    return _to_agreements(meeting)


def _to_agreements(meeting: Meeting) -> HttpResponse:
    return SeeOther(reverse("meeting_run", args=[meeting.room.slug, meeting.pk]) + "#agreements")


def _number(request: HttpRequest, name: str) -> int:
    """A number that was sent; 0 for anything else, which nothing is called."""
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() else 0


@require_http_methods(["GET", "HEAD"])
@in_words
def screen(request: HttpRequest, token: str) -> HttpResponse:
    """What hangs in the hall. Whoever has the address sees it, and can do nothing."""
    found = screen_by_token(token)
    if found is None:
        return render(request, "rooms/meetings/screen_over.html", status=410)
    meeting = found.meeting
    window = _window(meeting)
    opening = selectors.opening(VISITOR, meeting.room, window, at=clock.now())
    context = {"meeting": meeting, "token": token, "opening_json": embedded(opening)}
    context["stop"] = " ".join(sorted(passing("nl") | passing("en")))
    response = render(request, "rooms/meetings/screen.html", context)
    response["Referrer-Policy"] = "no-referrer"  # the address is the key
    response["Cache-Control"] = "no-store"
    return response


def _window(meeting: Meeting) -> Window:
    """Around what the scene is about."""
    thread, message = meeting.scene.get("thread"), meeting.scene.get("message")
    if message:
        about = access.message_for(meeting.room, message)
        return Window(thread=about.thread_id, around=about.seq)
    return Window(thread=thread)


def _console(
    request: HttpRequest,
    actor: Actor,
    meeting: Meeting,
    form: ScreenForm | None = None,
    *,
    agreeing: AgreementForm | None = None,
    handing: HandoverForm | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    at = clock.now()
    window = Window(thread=meeting.scene.get("thread") or _talked_in_last(meeting.room))
    opening = selectors.opening(actor, meeting.room, window, at=at)
    context = {
        "room": meeting.room,
        "meeting": meeting,
        "code": spaced(meeting.code),
        "parity": messages_share(meeting, at=at),
        "handing": handing or HandoverForm(initial={"ref": new_ref()}, prefix="hand"),
        "screens": meeting.displays.filter(revoked_at=None).select_related("made_by"),
        "form": form or ScreenForm(initial={"ref": new_ref()}),
        "agreements": meeting.agreements.all(),
        "agreeing": agreeing or AgreementForm(initial={"ref": new_ref()}, prefix="agreed"),
        "ref": new_ref(),
        "refusal": sentence(refused) if refused else "",
        "opening_json": embedded(opening),
    }
    status = kept(refused) if refused else status
    return render(request, "rooms/meetings/run.html", context, status=status)


def _talked_in_last(room: Room) -> int | None:
    last = Thread.objects.filter(room=room, state="open").order_by("-last_seq").first()
    return last.pk if last else None
