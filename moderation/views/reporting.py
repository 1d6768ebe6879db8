"""Telling that a message is not right: two taps, a receipt, and what came of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from deliberation.kernel import clock
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.joining import NAME
from moderation.forms.queue import ReportForm
from moderation.grounds import GROUNDS, OFFERED
from moderation.models import Report
from moderation.risk import within
from moderation.selectors.waiting_time import usual_wait
from moderation.services import message_report
from rooms import access
from rooms.forms_guard import same_origin
from rooms.views.answers import in_words, kept
from rooms.views.joining import taking_part
from rooms.views.parts import SeeOther, at_message, place_of
from rooms.views.rows import quote_of
from rooms.words import sentence


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
@in_words
def report_new(request: HttpRequest, slug: str, subject: int) -> HttpResponse:
    """Each ground is a button: pressing it reports the message. A visitor gives a name."""
    actor, room = place_of(request, slug)
    found = access.message_for(room, subject)
    form = ReportForm(request.POST or None, initial={"ref": new_ref()})
    status, refusal = 200, ""
    if request.method == "POST" and form.is_valid():
        done = taking_part(
            request,
            actor,
            room,
            form,
            lambda person: message_report(
                actor=person,
                room=room,
                ref=form.asked(),
                message=found.pk,
                ground=form.text("ground"),
                words=form.text("words"),
                at=clock.now(),
            ),
        )
        if not isinstance(done, Refused):
            return SeeOther(reverse("report", args=[room.slug, done.id]))
        status = kept(done)
        if done.code.startswith(NAME):
            form.add_error("name", sentence(done))
        else:
            refusal = sentence(done)
    context = {
        "room": room,
        "form": form,
        "grounds": [(key, str(one.key.label).capitalize()) for key, one in OFFERED.items()],
        "quote": quote_of(found.view()),
        "back": at_message(room.slug, found.pk),
        "join_needed": actor.id is None,
        "refusal": refusal,
    }
    return render(request, "moderation/report_new.html", context, status=status)


@require_safe
@in_words
def report(request: HttpRequest, slug: str, subject: int) -> HttpResponse:
    """The receipt, and later what came of it. Only for who reported."""
    actor, room = place_of(request, slug)
    reports = Report.objects.select_related("case__message__author", "case__message__room")
    found = reports.filter(pk=subject, person=actor.id).first() if actor.id else None
    if found is None:
        raise Refused("no_report", gettext_noop("There is no report of yours at this address."))
    last = found.case.last_decision()
    context = {
        "room": room,
        "report": found,
        "ground": gettext(GROUNDS[found.ground].rule),
        "quote": quote_of(found.case.message.view()),
        "back": at_message(found.case.message.room.slug, found.case.message_id),
        "decision": last if found.case.closed_at else None,
        "usual": usual_wait(at=clock.now()) or within(found.ground),
    }
    return render(request, "moderation/report.html", context)
