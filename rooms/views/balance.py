"""The balance of a conversation: who holds the floor, limits for a while, and who is silent."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from deliberation.kernel import clock
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused
from deliberation.people.actors import Actor
from rooms.forms.balance import InviteForm, LimitsForm
from rooms.forms.managing import tomorrow
from rooms.models import Thread
from rooms.rights import Action
from rooms.selectors.voices import voices
from rooms.services import silent_invite, thread_limit
from rooms.services.balance import silent
from rooms.words import sentence

from .answers import kept, outcome
from .managing import tool
from .parts import SeeOther, sent


@tool(Action.THREAD_LIMIT)
def balance(request: HttpRequest, actor: Actor, found: Thread) -> HttpResponse:
    """The page, and its form that limits the conversation."""
    form = LimitsForm(sent(request), initial=_limits(found)).among(found)
    if request.method != "POST":
        return _page(request, found, limits=form)
    if not form.is_valid():
        return _page(request, found, 422, limits=form)
    question = form.cleaned_data["answers_to"]
    wanted = {name: form.cleaned_data[name] for name in ("daily", "length", "reason", "until")}
    done = outcome(
        lambda: thread_limit(
            actor=actor,
            room=found.room,
            ref=form.asked(),
            thread=found.pk,
            answers_to=question.pk if question else None,
            at=clock.now(),
            **wanted,
        )
    )
    if isinstance(done, Refused):
        form.add_error("until" if done.code == "no_end" else None, sentence(done))
        return _page(request, found, kept(done), limits=form)
    return SeeOther(f"{_here(found)}?gedaan=grenzen")


@require_POST
@tool(Action.THREAD_LIMIT)
def invite(request: HttpRequest, actor: Actor, found: Thread) -> HttpResponse:
    """Ask those who gave their opinion here but said nothing."""
    form = InviteForm(request.POST).among(found)
    if not form.is_valid():
        return _page(request, found, 422, invite=form)
    about = form.cleaned_data["message"]
    done = outcome(
        lambda: silent_invite(
            actor=actor, room=found.room, thread=found.pk, message=about.pk, at=clock.now()
        )
    )
    if isinstance(done, Refused):
        form.add_error(None, sentence(done))
        return _page(request, found, kept(done), invite=form)
    return SeeOther(f"{_here(found)}?gedaan=gevraagd&mensen={done}")


def _here(thread: Thread) -> str:
    return reverse("thread_balance", args=[thread.room.slug, thread.pk])


def _limits(thread: Thread) -> dict[str, Any]:
    return {
        "ref": new_ref(),
        "daily": thread.daily_limit,
        "length": thread.length_limit,
        "answers_to": thread.answers_to_id,
        "reason": thread.limits_reason,
        "until": thread.limits_until or tomorrow(clock.now()),
    }


def _page(
    request: HttpRequest,
    thread: Thread,
    status: int = 200,
    *,
    limits: LimitsForm | None = None,
    invite: InviteForm | None = None,
) -> HttpResponse:
    at = clock.now()
    context = {
        "thread": thread,
        "voices": voices(thread),
        "silent": len(silent(thread, at=at)),
        "limited": thread.limits_at(at) is not None,
        "limits": limits or LimitsForm(initial=_limits(thread)).among(thread),
        "invite": invite or InviteForm(initial={"ref": new_ref()}).among(thread),
        "done": _done(request.GET),
    }
    return render(request, "rooms/balance.html", context, status=status)


def _done(asked: QueryDict) -> dict[str, object]:
    """What was just done, from the address."""
    people = asked.get("mensen", "")
    return {
        "limited": asked.get("gedaan") == "grenzen",
        "asked": asked.get("gedaan") == "gevraagd",
        "people": int(people) if people.isdecimal() and len(people) < 6 else 0,
    }
