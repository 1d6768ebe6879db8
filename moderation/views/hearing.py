"""A manager asks the writer of a message for their side of it; here they give it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from deliberation.kernel import clock
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused
from moderation.forms.deciding import SideForm
from moderation.lifecycle import State
from moderation.services import hearing_answer
from moderation.services.hearing import hearing_for
from rooms.forms_guard import same_origin
from rooms.views.answers import in_words, kept, outcome
from rooms.views.parts import SeeOther, at_message, place_of, sent
from rooms.views.rows import quote_of
from rooms.words import sentence


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
@in_words
def page(request: HttpRequest, slug: str, subject: int) -> HttpResponse:
    """The question, the message, and room for an answer. Only for who is asked."""
    actor, room = place_of(request, slug)
    found = hearing_for(actor, room, subject)
    form = SideForm(sent(request), initial={"ref": new_ref()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = outcome(
                lambda: hearing_answer(
                    actor=actor,
                    room=room,
                    ref=form.asked(),
                    hearing=found.pk,
                    words=form.text("words"),
                    at=clock.now(),
                )
            )
            if not isinstance(said, Refused):
                return SeeOther(reverse("hearing", args=[room.slug, found.pk]))
            form.add_error("words", sentence(said))
            status = kept(said)
    message = found.case.message
    context = {
        "room": room,
        "hearing": found,
        "decided": found.case.state == State.CLOSED,
        "quote": quote_of(message.view()),
        "back": at_message(room.slug, message.pk),
        "form": form,
    }
    return render(request, "moderation/hearing.html", context, status=status)
