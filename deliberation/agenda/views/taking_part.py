"""What residents do on the page of a need, by plain form: support, follow, contest."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from deliberation.agenda.access import need_for
from deliberation.agenda.forms.taking_part import (
    ContestForm,
    FollowForm,
    SupportForm,
    TakingPartForm,
    WordingForm,
)
from deliberation.agenda.models import Need, NeedSentence
from deliberation.agenda.rights import Action
from deliberation.agenda.selectors.words import shown, titles
from deliberation.agenda.services.announcing import agenda_writing
from deliberation.agenda.services.contests import contest_add
from deliberation.agenda.services.following import need_follow, need_unfollow
from deliberation.agenda.services.proposing import wording_propose
from deliberation.agenda.services.supporting import need_support, need_unsupport
from deliberation.kernel import clock
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused
from deliberation.people import pace
from deliberation.people.actors import Actor, actor_of
from deliberation.people.joining import NAME
from deliberation.people.models import Person
from deliberation.people.origin import address_of_request
from deliberation.people.requests import actor_for
from deliberation.people.signin import sign_in_guest
from rooms.forms_guard import same_origin
from rooms.joining import join
from rooms.views.answers import in_words, kept, outcome
from rooms.views.parts import SeeOther, sent
from rooms.words import sentence

from .acting import NeedAct, show_act

_FORMS = require_http_methods(["GET", "HEAD", "POST"])


@same_origin
@_FORMS
@in_words
def support(request: HttpRequest, kenmerk: str) -> HttpResponse:
    """Want an answer, or take that back."""
    actor, need = _place(request, kenmerk)
    form = SupportForm(sent(request), initial={"ref": new_ref()}).known_as(actor)
    what = NeedAct(
        title=_("I want an answer too"),
        button=_("I want an answer too"),
        about=_("Enough people, and the municipality must answer."),
    )

    def run(author: Actor, at: datetime) -> None:
        if form.cleaned_data["stop"]:
            need_unsupport(actor=author, need=need.pk, at=at)
        else:
            need_support(actor=author, need=need.pk, street=form.text("street"), at=at)

    return _answered(request, actor, need, form, what, run, place="steun", field="street")


@same_origin
@_FORMS
@in_words
def follow(request: HttpRequest, kenmerk: str) -> HttpResponse:
    """Hear of answers and news, or no more."""
    actor, need = _place(request, kenmerk)
    form = FollowForm(sent(request), initial={"ref": new_ref()}).known_as(actor)
    what = NeedAct(
        title=_("Keep me informed"),
        button=_("Keep me informed"),
        about=_("You get a notification when there is an answer or news."),
    )

    def run(author: Actor, at: datetime) -> None:
        if form.cleaned_data["stop"]:
            need_unfollow(actor=author, need=need.pk, at=at)
        else:
            need_follow(actor=author, need=need.pk, at=at)

    return _answered(request, actor, need, form, what, run, place="volg")


@same_origin
@_FORMS
@in_words
def contest(request: HttpRequest, kenmerk: str) -> HttpResponse:
    """Say that one's point is missing, or that a sentence is not right."""
    actor, need = _place(request, kenmerk)
    about = _sentence(need, request.POST.get("zin") or request.GET.get("zin", ""))
    start = {"ref": new_ref(), "zin": about.pk if about else None}
    form = ContestForm(sent(request), initial=start | {"kind": "wrong" if about else "missing"})
    what = NeedAct(
        title=_("Is this told right?"),
        button=_("Send"),
        quote=shown(about) if about else "",
    )

    def run(author: Actor, at: datetime) -> None:
        contest_add(
            actor=author,
            need=need.pk,
            kind=form.text("kind"),
            words=form.text("words"),
            sentence=form.cleaned_data.get("zin"),
            at=at,
        )

    asks = form.known_as(actor)
    return _answered(request, actor, need, asks, what, run, place="klopt-niet", field="words")


@same_origin
@_FORMS
@in_words
def wording(request: HttpRequest, kenmerk: str) -> HttpResponse:
    """Propose other words for what is needed."""
    actor, need = _place(request, kenmerk)
    start = {"ref": new_ref(), "words": titles([need.pk]).get(need.pk, "")}
    form = WordingForm(sent(request), initial=start).known_as(actor)
    what = NeedAct(
        title=_("Say it in other words"),
        button=_("Send"),
        about=_("Residents decide how their need is called. Yours may be clearer."),
    )

    def run(author: Actor, at: datetime) -> None:
        wording_propose(actor=author, need=need.pk, words=form.text("words"), at=at)

    return _answered(request, actor, need, form, what, run, place="andere-woorden", field="words")


def _place(request: HttpRequest, kenmerk: str) -> tuple[Actor, Need]:
    at = clock.now()
    actor = actor_for(request, at=at)
    return actor, need_for(actor, kenmerk, to=Action.READ, at=at)


def _sentence(need: Need, wanted: str) -> NeedSentence | None:
    if not wanted.isdecimal() or len(wanted) > 18:
        return None
    found = need.sentences.filter(pk=int(wanted))
    return found.prefetch_related("citations__message").first()


def _answered(
    request: HttpRequest,
    actor: Actor,
    need: Need,
    form: TakingPartForm,
    what: NeedAct,
    run: Callable[[Actor, datetime], None],
    *,
    place: str,
    field: str | None = None,
) -> HttpResponse:
    """Show the form, or carry it out; a visitor is asked a name on the way."""
    asks_name = actor.id is None and "name" not in request.POST
    if request.method != "POST" or (asks_name and form.is_valid()):
        return show_act(request, need, _open(form), what)
    status = 422
    if form.is_valid():
        found = _taking_part(request, actor, need, form, run)
        if not isinstance(found, Refused):
            done = "" if form.cleaned_data["stop"] else f"?gedaan={place}"
            anchor = "steun" if place == "volg" else place
            return SeeOther(f"{reverse('need', args=[need.kenmerk])}{done}#{anchor}")
        by = "name" if found.code.startswith(NAME) and "name" in form.fields else field
        form.add_error(by, sentence(found))
        status = kept(found)
    return show_act(request, need, form, what, status=status)


def _open(form: TakingPartForm) -> TakingPartForm:
    """The form with what was sent so far, and no complaints about what was not asked yet."""
    if not form.is_bound:
        return form
    return type(form)(initial=form.cleaned_data)


def _taking_part(
    request: HttpRequest,
    actor: Actor,
    need: Need,
    form: TakingPartForm,
    run: Callable[[Actor, datetime], None],
) -> Person | Refused | None:
    """Carry out `run`. A visitor joins with it, and only if it is not refused."""
    at, address = clock.now(), address_of_request(request)

    def together() -> Person | None:
        if actor.id is not None:
            pace.admit_form(actor.id, address, at=at)
            run(actor, at)
            return None
        # Rooms are held first and in one order, as everywhere where needs change.
        with agenda_writing(need.neighbourhood_id) as log:
            pace.admit_join(address, at=at)
            person = join(room=log.rooms[0], name=form.text("name"), at=at, form=form.asked())
            run(actor_of(person, at=at), at)
            return person

    found = outcome(together)
    if isinstance(found, Person):
        sign_in_guest(request, found)
    return found
