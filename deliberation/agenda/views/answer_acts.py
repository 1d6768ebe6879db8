"""What else staff do with a need that is asked or answered, each on a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from deliberation.agenda.access import need_for, no_need
from deliberation.agenda.forms.answering import (
    ContestAnswerForm,
    ExtendForm,
    MilestoneForm,
    OwnerForm,
)
from deliberation.agenda.models import Contest, Need, NeedState
from deliberation.agenda.rights import Action
from deliberation.agenda.selectors.desk import officials
from deliberation.agenda.selectors.words import shown
from deliberation.agenda.services.asking import need_ask, need_assign, need_extend
from deliberation.agenda.services.contests import contest_answer
from deliberation.agenda.services.progress import milestone_add, need_done, need_start
from deliberation.kernel import clock
from deliberation.people.actors import Actor
from rooms.views.parts import sent

from .acting import NeedAct, act
from .answering import at_desk, colleagues

_FORMS = require_http_methods(["GET", "HEAD", "POST"])
_STEPS = {"start": need_start, "done": need_done}


@_FORMS
@colleagues
def owner(request: HttpRequest, actor: Actor, kenmerk: str) -> HttpResponse:
    """Who writes the answer and who decides; before it is asked, also asking it."""
    need = _need(actor, kenmerk, Action.PROGRESS)
    asks = need.state == NeedState.ON_AGENDA
    if asks:
        need = _need(actor, kenmerk, Action.ASK)
    start = {"body": need.body, "owner": need.owner_id}
    form = OwnerForm(sent(request), initial=start).among(officials())
    what = NeedAct(
        title=_("Ask the municipality for an answer") if asks else _("Who answers?"),
        button=_("Ask for an answer") if asks else _("Save"),
        about=_("The municipality must answer then, within the published time.")
        if asks
        else _("The date stays. Is more time needed? Then give a later day, with a reason."),
        back=at_desk(need),
        staff=True,
    )

    def run() -> None:
        chosen = form.cleaned_data["owner"]
        (need_ask if asks else need_assign)(
            actor=actor,
            need=need.pk,
            body=form.cleaned_data["body"],
            owner=chosen.pk if chosen else None,
            at=clock.now(),
        )

    return act(request, need, what, form, run)


@_FORMS
@colleagues
def extend(request: HttpRequest, actor: Actor, kenmerk: str) -> HttpResponse:
    """A later day, with a reason that everyone can read."""
    need = _need(actor, kenmerk, Action.EXTEND)
    form = ExtendForm(sent(request), initial={"until": need.due_on})
    what = NeedAct(
        title=_("Give a later day"),
        button=_("Give a later day"),
        about=_("Everyone sees the old day, the new day and your reason."),
        back=at_desk(need),
        staff=True,
    )

    def run() -> None:
        need_extend(
            actor=actor,
            need=need.pk,
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        )

    return act(request, need, what, form, run, field="reason")


@_FORMS
@colleagues
def milestone(request: HttpRequest, actor: Actor, kenmerk: str) -> HttpResponse:
    """What was done or is planned; the work begins, or all is done."""
    need = _need(actor, kenmerk, Action.PROGRESS)
    form = MilestoneForm(sent(request), initial={"on": timezone.localtime(clock.now()).date()})
    what = NeedAct(
        title=_("Tell how far it is"),
        button=_("Publish"),
        about=_("Everyone who contributed or follows gets a notification."),
        back=at_desk(need),
        staff=True,
    )

    def run() -> None:
        given, at = form.cleaned_data, clock.now()
        service = _STEPS.get(given["step"], milestone_add)
        words = {name: given[name] for name in ("text", "on", "link")}
        service(actor=actor, need=need.pk, at=at, **words)

    return act(request, need, what, form, run, field="text")


@_FORMS
@colleagues
def contest(request: HttpRequest, actor: Actor, contest: int) -> HttpResponse:
    """Answer what a resident says is missing or not right."""
    found = Contest.objects.filter(pk=contest).select_related("need", "sentence").first()
    if found is None or found.need.kenmerk is None:
        raise no_need()
    need = _need(actor, found.need.kenmerk, Action.CONTEST_ANSWER)
    what = NeedAct(
        title=found.get_kind_display(),
        button=_("Publish"),
        about=shown(found.sentence) if found.sentence else "",
        quote=found.words,
        back=at_desk(need),
        staff=True,
    )
    form = ContestAnswerForm(sent(request))

    def run() -> None:
        answer = form.cleaned_data["answer"]
        contest_answer(actor=actor, contest=found.pk, answer=answer, at=clock.now())

    return act(request, need, what, form, run, field="answer")


def _need(actor: Actor, kenmerk: str, to: Action) -> Need:
    return need_for(actor, kenmerk, to=to, at=clock.now())
