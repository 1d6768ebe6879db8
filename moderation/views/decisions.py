"""A decision with its reasons, and asking for another look."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from deliberation.kernel import clock
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from deliberation.people.requests import actor_for
from moderation.forms.deciding import AnswerForm, AppealForm
from moderation.models import Appeal, Decision
from moderation.selectors.statements import last_about, statement
from moderation.services import appeal_decide, appeal_make
from moderation.services.appeals import concerns, may_look_again
from rooms import access
from rooms.forms_guard import same_origin
from rooms.models import Room
from rooms.rights import Action
from rooms.views.answers import in_words
from rooms.views.parts import Act, act, in_room, sent

_FORMS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@in_words
def decision_of(request: HttpRequest, slug: str, subject: int) -> HttpResponse:
    """The way from a tombstone to why it is there."""
    at = clock.now()
    room = access.room_for(actor_for(request, at=at), slug, to=Action.READ, at=at)
    found = last_about(access.message_for(room, subject).pk)
    if found is None:
        raise _none()
    return HttpResponseRedirect(_address(found))


@require_safe
@in_words
def decision(request: HttpRequest, slug: str, puid: UUID) -> HttpResponse:
    """Everyone reads what was decided and on what ground; whom it concerns reads all of it."""
    at = clock.now()
    actor = actor_for(request, at=at)
    room = access.room_for(actor, slug, to=Action.READ, at=at)
    found = _found(room, puid)
    concerned = concerns(found, actor.id)
    may_see = concerned or access.may(actor, room, Action.READ_STAFF, at=at)
    if found.message is None and not may_see:
        raise _none()  # what someone may do is nobody else's business
    context = {
        "room": room,
        "said": statement(found, at=at),
        "concerned": concerned,
        "own": concerned and found.person_id == actor.id,
        "whole": may_see,
        "may_decide": _may_decide(actor, room, found),
    }
    return render(request, "moderation/decision.html", context)


@same_origin
@_FORMS
@in_words
def appeal(request: HttpRequest, slug: str, puid: UUID) -> HttpResponse:
    at = clock.now()
    actor = actor_for(request, at=at)
    room = access.room_for(actor, slug, to=Action.APPEAL, at=at)
    found = _found(room, puid)
    form = AppealForm(sent(request), initial={"ref": new_ref()})
    what = Act(
        title=_("Ask another person to look again"),
        button=_("Ask"),
        back=_address(found),
        about=_("Someone else than who decided reads it. You get an answer, with a reason."),
    )

    def run() -> str:
        words = form.text("words")
        appeal_make(actor=actor, room=room, decision=puid, words=words, at=at)
        return f"{what.back}#appeal"

    return act(request, room, what, form, run, field="words")


@in_room(Action.APPEAL_DECIDE)
def answer(request: HttpRequest, actor: Actor, room: Room, subject: int) -> HttpResponse:
    """Look again at what someone else decided."""
    found = get_object_or_404(Appeal, pk=subject, decision__room=room)
    form = AnswerForm(sent(request), initial={"ref": new_ref()})
    what = Act(
        title=_("Look again"),
        button=_("Decide"),
        back=_address(found.decision),
        about=_("Whoever asked reads your answer. What you undo, is undone everywhere at once."),
        subject=found.words,
    )

    def run() -> str:
        appeal_decide(
            actor=actor,
            room=room,
            appeal=found.pk,
            grant=form.cleaned_data["grant"],
            answer=form.text("answer"),
            at=clock.now(),
        )
        return f"{what.back}#appeal"

    return act(request, room, what, form, run, field="answer")


@in_room(Action.APPEAL_DECIDE)
def appeals(request: HttpRequest, actor: Actor, room: Room) -> HttpResponse:
    """What waits for another look in this room, the oldest first."""
    here = Appeal.objects.filter(decision__room=room).select_related("decision__room", "person")
    context = {
        "room": room,
        "waiting": [(one, may_look_again(one.decision, actor.id)) for one in here.waiting()],
        "past": here.exclude(decided_at=None).order_by("-decided_at")[:50],
    }
    return render(request, "moderation/appeals.html", context)


def _found(room: Room, puid: UUID) -> Decision:
    decisions = Decision.objects.select_related("room", "message__thread", "undoes")
    found = decisions.filter(room=room, puid=puid).first()
    if found is None:
        raise _none()
    return found


def _none() -> Refused:
    return Refused("no_decision", gettext_noop("There is no decision at this address."))


def _may_decide(actor: Actor, room: Room, found: Decision) -> bool:
    at = clock.now()
    may = access.may(actor, room, Action.APPEAL_DECIDE, at=at)
    return may and may_look_again(found, actor.id)


def _address(found: Decision) -> str:
    return reverse("decision", args=[found.room.slug, found.puid])
