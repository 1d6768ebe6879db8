"""The answer desk: what is owed, by when, and writing the answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from deliberation.agenda.access import may, need_for
from deliberation.agenda.forms.answering import AnswerForm
from deliberation.agenda.models import Need, Response
from deliberation.agenda.rights import Action, role_allows
from deliberation.agenda.selectors.desk import pile
from deliberation.agenda.selectors.owed import owed
from deliberation.agenda.selectors.sources import sentences_with_sources
from deliberation.agenda.services.announcing import agenda_writing
from deliberation.agenda.services.responses import (
    ANSWERABLE,
    response_draft,
    response_publish,
    response_read,
)
from deliberation.kernel import clock
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from deliberation.people.requests import actor_for
from rooms.views.answers import in_words, kept, outcome
from rooms.views.parts import SeeOther, sent, to_sign_in
from rooms.words import sentence

_P = ParamSpec("_P")
_FORMS = require_http_methods(["GET", "HEAD", "POST"])
_FIELDS = {"no_outcome": "outcome", "no_reason": "reason", "too_long": "reason", "no_link": "link"}


def colleagues(
    view: Callable[Concatenate[HttpRequest, Actor, _P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, _P], HttpResponse]:
    """For who keeps promises: officials and managers; a stranger signs in first."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        actor = actor_for(request, at=clock.now())
        if sign_in := to_sign_in(request, actor):
            return sign_in
        if not role_allows(actor.roles, Action.PROGRESS):
            raise Refused(
                "not_allowed", gettext_noop("This page is for who answers for the municipality.")
            )
        return view(request, actor, *args, **kwargs)

    return in_words(guarded)


@require_safe
@colleagues
def answers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """My answers by due date, those of nobody yet, drafts to read, promises, contests."""
    context = {
        "pile": pile(actor.person, at=clock.now()),
        "may_answer": role_allows(actor.roles, Action.ANSWER),
    }
    return render(request, "agenda/answers.html", context)


@_FORMS
@colleagues
def answer(request: HttpRequest, actor: Actor, kenmerk: str) -> HttpResponse:
    """One need at the desk: what is asked, and the answer: draft, second reader, publish."""
    need = need_for(actor, kenmerk, to=Action.PROGRESS, at=clock.now())
    draft = Response.objects.filter(need=need).exclude(state=Response.State.PUBLISHED).first()
    form, status = AnswerForm(sent(request), initial=_initial(draft)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            found = outcome(lambda: _carried_out(request, actor, need, form, draft))
            if not isinstance(found, Refused):
                return SeeOther(found)
            form.add_error(_FIELDS.get(found.code), sentence(found))
            status = kept(found)
    return render(
        request, "agenda/answer.html", _context(request, actor, need, form), status=status
    )


def at_desk(need: Need) -> str:
    """Where a need stands at the desk."""
    return reverse("answer", args=[need.kenmerk])


def _initial(draft: Response | None) -> dict[str, object]:
    if draft is None:
        return {}
    return {
        "outcome": draft.outcome,
        "reason": draft.reason,
        "link": draft.link,
        "drafted": draft.drafted_at.isoformat(),
    }


def _carried_out(
    request: HttpRequest, actor: Actor, need: Need, form: AnswerForm, draft: Response | None
) -> str:
    """Do what the button says; gives where to go next."""
    at, wanted = clock.now(), request.POST.get("do", "draft")
    if wanted == "read":
        if draft is not None and form.differs_from(draft):
            raise Refused(
                "changed",
                gettext_noop(
                    "You changed the text. Keep it as a draft. A colleague reads it then."
                ),
            )
        drafted = form.cleaned_data["drafted"]
        response_read(actor=actor, need=need.pk, at=at, drafted_at=drafted)
        return f"{at_desk(need)}?gedaan=gelezen"
    typed = {name: form.cleaned_data.get(name) or "" for name in ("outcome", "reason", "link")}
    # One transaction: what can't be published is not kept half either; the page has the text.
    with agenda_writing(need.neighbourhood_id):
        response_draft(actor=actor, need=need.pk, at=at, **typed)
        if wanted != "publish":
            return f"{at_desk(need)}?gedaan=concept"
        made = response_publish(actor=actor, need=need.pk, at=at)
    return f"{reverse('need', args=[need.kenmerk])}#answer-{made.pk}"


def _context(request: HttpRequest, actor: Actor, need: Need, form: AnswerForm) -> dict[str, Any]:
    """Read again: what was carried out in part may have changed it."""
    at = clock.now()
    need.refresh_from_db()
    drafts = Response.objects.filter(need=need).exclude(state=Response.State.PUBLISHED)
    said = sentences_with_sources(need)
    return {
        "need": need,
        "title": next((one.text for one in said[:1] if one.text), need.kenmerk),
        "summary": said[1:],
        "owed": owed(actor, need, at=at),
        "draft": drafts.select_related("author", "reader").first(),
        "form": form,
        "said": request.GET.get("gedaan", ""),
        "is_answerable": need.state in ANSWERABLE,
        "is_mine": need.owner_id == actor.id,
        "may_answer": may(actor, need.neighbourhood, Action.ANSWER, at=at),
        "may_ask": may(actor, need.neighbourhood, Action.ASK, at=at),
        "contests": need.contests.filter(answered_at=None).select_related("sentence"),
    }
