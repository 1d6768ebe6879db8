"""The queue of the managers: all rooms on one page, the most urgent first."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deliberation.kernel import clock
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import number
from deliberation.people.actors import Actor
from moderation.forms.deciding import GroundForm, HideForm
from moderation.forms.queue import (
    AskForm,
    LeaveForm,
    NoteForm,
    PauseForm,
    RedactForm,
    TogetherForm,
    WhyNotForm,
)
from moderation.models import Case, Decision
from moderation.selectors.queue import Queue, Subject, mark, queue, subject
from moderation.services import decision_undo
from moderation.services.shifts import shift_hand_over, shift_seen
from rooms.forms.writing import RefForm
from rooms.rights import Action
from rooms.services.locked import as_it_stands
from rooms.views.answers import kept, outcome
from rooms.views.parts import SeeOther, managers_to
from rooms.words import sentence

from .queue_acts import ACTS, Given
from .together import done_together

FORMS: dict[str, Callable[..., RefForm]] = {
    "hide": HideForm,
    "leave": LeaveForm,
    "redact": RedactForm,
    "warn": GroundForm,
    "pause": PauseForm,
    "ask": AskForm,
    "note": NoteForm,
    "refuse": WhyNotForm,
}

STAYS = ("claim", "release", "note")  # what keeps the case on the page

managers = managers_to(Action.CASE)


@require_safe
@managers
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The queue, and one case of it: `?zaak=`, else the most urgent one."""
    shift_seen(actor=actor, at=clock.now())
    return _page(request, actor, number(request.GET.get("zaak")))


@require_safe
@managers
def state(_request: HttpRequest, actor: Actor) -> HttpResponse:
    """Whether anything in the queue changed; the page asks every other second."""
    shift_seen(actor=actor, at=clock.now())
    return JsonResponse({"mark": mark()})


@require_http_methods(["POST"])
@managers
def act(request: HttpRequest, actor: Actor, case: int) -> HttpResponse:
    """Do something with a case: `do` says what."""
    found = Case.objects.select_related("message__room", "message__author").filter(pk=case).first()
    do = request.POST.get("do", "")
    work = ACTS.get(do)
    if found is None or work is None:
        raise Refused("no_case", gettext_noop("There is no such case any more."))
    form = _form(do)(request.POST)
    if not form.is_valid():
        return _page(request, actor, case, sent={do: form}, status=422)
    room = found.message.room
    given = Given(actor=actor, room=room, case=found, form=form, at=clock.now())
    said = outcome(lambda: as_it_stands(room, lambda: work(given)))
    if isinstance(said, Refused):
        return _page(request, actor, case, sent={do: form}, refused=said, status=kept(said))
    following = case if do in STAYS else request.POST.get("next", "")
    last = Decision.objects.filter(case=case, by=actor.id).order_by("-pk").first()
    undo = f"&gedaan={last.puid}" if last and do in ("hide", "leave", "redact") else ""
    return SeeOther(f"{reverse('queue')}?zaak={following}{undo}#now")


@require_POST
@managers
def together(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One decision for all that is ticked."""
    form = TogetherForm(request.POST)
    said = outcome(lambda: done_together(actor, request.POST, form, at=clock.now()))
    if isinstance(said, Refused):
        return _page(request, actor, None, refused=said, status=kept(said))
    return SeeOther(f"{reverse('queue')}?samen={said.done}&niet={said.refused}#now")


@require_POST
@managers
def undo(request: HttpRequest, actor: Actor, puid: UUID) -> HttpResponse:
    """Take back what one decided some seconds ago."""
    found = Decision.objects.select_related("room").filter(puid=puid).first()
    if found is None:
        raise Refused("no_decision", gettext_noop("There is no decision at this address."))
    room, ref = found.room, new_ref()
    said = outcome(
        lambda: decision_undo(actor=actor, room=room, ref=ref, decision=puid, at=clock.now())
    )
    if isinstance(said, Refused):
        return _page(request, actor, None, refused=said, status=kept(said))
    return SeeOther(f"{reverse('queue')}?zaak={found.case_id or ''}#now")


@require_POST
@managers
def hand_over(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Leave a note for who comes after."""
    form = NoteForm(request.POST)
    form.is_valid()
    words = form.text("words")
    said = outcome(lambda: shift_hand_over(actor=actor, words=words, at=clock.now()))
    if isinstance(said, Refused):
        return _page(request, actor, None, refused=said, status=kept(said))
    return SeeOther(f"{reverse('queue')}#handed-over")


def _page(
    request: HttpRequest,
    actor: Actor,
    wanted: int | None,
    *,
    sent: dict[str, RefForm] | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    at = clock.now()
    waiting = queue(actor.person, at=at)
    case = _chosen(waiting, wanted)
    context: dict[str, Any] = {
        "queue": waiting,
        "item": case,
        "is_gone": wanted is not None and (case is None or case.pk != wanted),
        "refusal": sentence(refused) if refused else "",
        "done": _done(request, actor),
        "together": TogetherForm(initial={"ref": new_ref()}, auto_id="together_%s"),
        "together_done": request.GET.get("samen"),
        "together_refused": request.GET.get("niet"),
        "hand_over": NoteForm(initial={"ref": new_ref()}, auto_id="over_%s"),
        "now": at,
    }
    if case is not None:
        context |= _beside(waiting, case)
        context["subject"] = found = subject(case, actor.person, at=at)
        context["forms"] = {name: (sent or {}).get(name) or _fresh(name, found) for name in FORMS}
    return render(request, "moderation/queue.html", context, status=status)


def _form(do: str) -> Callable[..., RefForm]:
    kind = FORMS.get(do, RefForm)
    return lambda *args, **fields: kind(*args, auto_id=f"{do}_%s", **fields)


def _fresh(name: str, about: Subject) -> RefForm:
    initial: dict[str, object] = {"ref": new_ref(), "criticism": about.criticism}
    if name == "redact":
        initial |= RedactForm.found_in(about.case.message.body)
    return _form(name)(initial=initial)


def _chosen(waiting: Queue, wanted: int | None) -> Case | None:
    found = next((one for one in waiting.cases if one.pk == wanted), None)
    return found or next(iter(waiting.cases), None)


def _beside(waiting: Queue, case: Case) -> dict[str, Any]:
    """Where one goes from here; `next`: where the page goes once this is decided."""
    place = waiting.cases.index(case)
    before = waiting.cases[place - 1] if place else None
    after = waiting.cases[place + 1] if place + 1 < len(waiting.cases) else None
    following = after or before
    return {"before": before, "after": after, "next": following.pk if following else ""}


def _done(request: HttpRequest, actor: Actor) -> Decision | None:
    """What was decided just now and can still be undone."""
    try:
        puid = UUID(request.GET.get("gedaan", ""))
    except ValueError:
        return None
    mine = Decision.objects.filter(puid=puid, by=actor.id, undone_by=None)
    return mine.select_related("message__author").first()
