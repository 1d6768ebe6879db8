"""The community manager's review: what is suggested for the agenda, and what is on it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deliberation.agenda import access
from deliberation.agenda.forms.reviewing import ReasonForm, WordsForm
from deliberation.agenda.models import Edit, Need
from deliberation.agenda.rights import Action, role_allows
from deliberation.agenda.selectors.review import Item, Queue, listed, queue, steps, subject
from deliberation.agenda.services.suggestions import suggestion_accept, suggestion_dismiss
from deliberation.agenda.services.undoing import edit_undo
from deliberation.kernel import clock
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import number
from deliberation.people.actors import Actor
from deliberation.people.requests import actor_for
from rooms.models import Neighbourhood
from rooms.views.answers import in_words, kept, outcome
from rooms.views.parts import SeeOther, to_sign_in
from rooms.words import sentence

from .public_agenda import neighbourhood_of
from .reviewing_acts import ACTS

_FORMS = require_http_methods(["GET", "HEAD", "POST"])


def reviewers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For who decides what comes on the agenda of a place; a stranger signs in first.

    The view gets the person and the place, instead of the place's `slug`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **kwargs: int) -> HttpResponse:
        at = clock.now()
        actor = actor_for(request, at=at)
        if sign_in := to_sign_in(request, actor):
            return sign_in
        if not role_allows(actor.roles, Action.REVIEW):
            raise Refused("not_allowed", gettext_noop("This page is for community managers."))
        place = neighbourhood_of(slug)
        access.require(actor, place, to=Action.REVIEW, at=at)
        return view(request, actor, place, **kwargs)

    return in_words(guarded)


@require_safe
@reviewers
def review(request: HttpRequest, actor: Actor, place: Neighbourhood) -> HttpResponse:
    """The queue, and one suggestion of it beside its evidence: `?voorstel=`, else the first."""
    return _review(request, actor, place, number(request.GET.get("voorstel")))


@_FORMS
@reviewers
def review_need(
    request: HttpRequest, actor: Actor, place: Neighbourhood, need: int
) -> HttpResponse:
    """A need: what one can do with it (`do`), from the queue or from the agenda."""
    found = access.need_for(actor, need, to=Action.REVIEW, at=clock.now())
    if found.neighbourhood_id != place.pk:
        raise access.no_need()
    if request.method != "POST":
        return _need(request, actor, found)
    act = ACTS.get(request.POST.get("do", ""))
    words = WordsForm(found, request.POST) if request.POST.get("do") == "words" else None
    if act is None:
        return _again(request, actor, found, words)
    # A form with something wrong in it gives None: its fields say what.
    before = _last(actor, place)
    said = outcome(lambda: act(actor, found, request.POST, words))
    if isinstance(said, Refused) or said is None:
        return _again(request, actor, found, words, said)
    return _done(_after(request, place, found), before, _last(actor, place))


@require_POST
@reviewers
def review_decide(
    request: HttpRequest, actor: Actor, place: Neighbourhood, suggestion: int
) -> HttpResponse:
    """Accept a suggestion as it is, or dismiss it with a reason."""
    at = clock.now()

    def run() -> object:
        if request.POST.get("do") == "accept":
            return suggestion_accept(actor=actor, suggestion=suggestion, at=at)
        form = ReasonForm(request.POST)
        form.is_valid()
        return suggestion_dismiss(actor=actor, suggestion=suggestion, reason=form.chosen(), at=at)

    said = outcome(run)
    if isinstance(said, Refused):
        return _review(request, actor, place, suggestion, refused=said)
    return _done(_queue_at(place, request.POST.get("next")), None, _last(actor, place))


@require_POST
@reviewers
def review_undo(
    request: HttpRequest, actor: Actor, place: Neighbourhood, edit: int
) -> HttpResponse:
    """Undo one of the last steps."""
    said = outcome(lambda: edit_undo(actor=actor, edit=edit, at=clock.now()))
    if isinstance(said, Refused):
        return _review(request, actor, place, None, refused=said)
    again = f"?voorstel={said.suggestion_id}" if said.suggestion_id else ""
    return SeeOther(f"{reverse('agenda_review', args=[place.slug])}{again}#now")


def _review(
    request: HttpRequest,
    actor: Actor,
    place: Neighbourhood,
    wanted: int | None,
    *,
    refused: Refused | None = None,
    words: WordsForm | None = None,
) -> HttpResponse:
    waiting = queue(place, at=clock.now())
    item = waiting.chosen(wanted)
    need = item.suggestion.need if item else None
    context = _around(request, actor, place, refused) | {"queue": waiting, "item": item}
    context |= _beside(waiting, item)
    context["is_gone"] = wanted is not None and (item is None or item.suggestion.pk != wanted)
    if item is not None and need is not None:
        page = request.GET.get("berichten")
        context |= _forms(need, words)
        context["subject"] = subject(need, item.suggestion, page=page)
    return render(request, "agenda/review.html", context, status=_status(refused, words))


def _need(
    request: HttpRequest,
    actor: Actor,
    need: Need,
    *,
    refused: Refused | None = None,
    words: WordsForm | None = None,
) -> HttpResponse:
    context = _around(request, actor, need.neighbourhood, refused) | _forms(need, words)
    context["queue"] = queue(need.neighbourhood, at=clock.now())
    context["subject"] = subject(need, page=request.GET.get("berichten"))
    return render(request, "agenda/review.html", context, status=_status(refused, words))


def _again(
    request: HttpRequest,
    actor: Actor,
    need: Need,
    words: WordsForm | None,
    refused: Refused | None = None,
) -> HttpResponse:
    """The page with what was typed, and why nothing was done."""
    need.refresh_from_db()
    if suggestion := number(request.POST.get("voorstel")):
        place = need.neighbourhood
        return _review(request, actor, place, suggestion, refused=refused, words=words)
    return _need(request, actor, need, refused=refused, words=words)


def _around(
    request: HttpRequest, actor: Actor, place: Neighbourhood, refused: Refused | None
) -> dict[str, Any]:
    """What stands around the need."""
    done = number(request.GET.get("gedaan"))
    last = steps(place)
    return {
        "place": place,
        "listed": listed(place),
        "steps": last,
        "done": next((one for one in last if one.edit.pk == done), None),
        "is_same": request.GET.get("gedaan") == "0",
        "mine": next((one.edit.pk for one in last if _undoable(one.edit, actor)), None),
        "refusal": sentence(refused) if refused else "",
    }


def _undoable(edit: Edit, actor: Actor) -> bool:
    return edit.actor_id == actor.id and edit.undone_at is None


def _beside(waiting: Queue, item: Item | None) -> dict[str, Any]:
    """Where one goes from here; `next`: where the page goes once this is decided."""
    if item is None:
        return {}
    before, after = waiting.beside(item, -1), waiting.beside(item, 1)
    following = after or before
    return {
        "before": before,
        "after": after,
        "next": following.suggestion.pk if following else "",
    }


def _forms(need: Need, words: WordsForm | None) -> dict[str, Any]:
    return {
        "words": words or WordsForm(need),
        "is_wording": words is not None,
        "reasons": ReasonForm(),
    }


def _status(refused: Refused | None, words: WordsForm | None) -> int:
    if refused is not None:
        return kept(refused)
    return 422 if words is not None else 200


def _after(request: HttpRequest, place: Neighbourhood, need: Need) -> str:
    """Where to go on: the next of the queue, or this need where it still waits."""
    if "voorstel" not in request.POST:
        return reverse("agenda_review_need", args=[place.slug, need.pk])
    need.refresh_from_db()
    still = request.POST["voorstel"] if need.state == "suggested" else request.POST.get("next")
    return _queue_at(place, still)


def _queue_at(place: Neighbourhood, suggestion: str | None) -> str:
    wanted = f"?voorstel={number(suggestion)}" if number(suggestion) else ""
    return f"{reverse('agenda_review', args=[place.slug])}{wanted}"


def _last(actor: Actor, place: Neighbourhood) -> int | None:
    """What this manager did last."""
    mine = Edit.objects.filter(neighbourhood=place, actor=actor.person)
    return mine.order_by("-pk").values_list("pk", flat=True).first()


def _done(back: str, before: int | None, last: int | None) -> HttpResponse:
    """Go on, with what was done in one line above, to be undone at once."""
    sign = "&" if "?" in back else "?"
    return SeeOther(f"{back}{sign}gedaan={last if last != before else 0}#now")
