"""Pages for hiding, restoring and bans: each asks for a reason."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deliberation.kernel import clock
from deliberation.kernel.ids import new_ref
from deliberation.people.actors import Actor
from deliberation.people.models import Ban, Person
from moderation.criticism import may_be_criticism
from moderation.forms.deciding import BanForm, HideForm
from moderation.services import (
    ban_keep,
    message_hide,
    message_restore,
    person_ban,
    person_unban,
)
from rooms import access
from rooms.forms.managing import ReasonForm, StaffReasonForm, tomorrow
from rooms.models import Room
from rooms.rights import Action
from rooms.views.parts import Act, SeeOther, act, at_message, in_room, sent
from rooms.views.rows import Quote, quote_of


@in_room(Action.HIDE)
def hide(request: HttpRequest, actor: Actor, room: Room, subject: int) -> HttpResponse:
    found = access.message_for(room, subject)
    suspected = may_be_criticism(found.body)
    form = HideForm(sent(request), initial={"ref": new_ref(), "criticism": suspected})
    what = Act(
        title=_("Hide this message?"),
        button=_("Hide"),
        back=at_message(room.slug, found.pk),
        about=_(
            "Everyone sees that a message was hidden, and which rule it is about. The writer reads "
            "your reason and can ask another person to look again."
        ),
        quote=quote_of(found.view()),
        grave=True,
    )

    def run() -> str:
        message_hide(
            actor=actor,
            room=room,
            ref=form.asked(),
            message=found.pk,
            ground=form.cleaned_data["ground"],
            reason=form.text("reason"),
            criticism=form.cleaned_data["criticism"],
            at=clock.now(),
        )
        return what.back

    return act(request, room, what, form, run, field="reason")


@in_room(Action.RESTORE)
def restore(request: HttpRequest, actor: Actor, room: Room, subject: int) -> HttpResponse:
    found = access.message_for(room, subject)
    form = ReasonForm(sent(request), initial={"ref": new_ref()})
    what = Act(
        title=_("Show this message again?"),
        button=_("Show again"),
        back=at_message(room.slug, found.pk),
        about=_("It comes back where it was, with your reason."),
        quote=Quote(found.pk, found.author.name if found.author else None, found.body),
    )

    def run() -> str:
        message_restore(
            actor=actor,
            room=room,
            ref=form.asked(),
            message=found.pk,
            reason=form.text("reason"),
            at=clock.now(),
        )
        return what.back

    return act(request, room, what, form, run, field="reason")


@in_room(Action.BAN)
def ban_author(request: HttpRequest, actor: Actor, room: Room, subject: int) -> HttpResponse:
    """Keep the writer of a message out for a while."""
    found = access.message_for(room, subject)
    author = get_object_or_404(Person, pk=found.author_id)
    at = clock.now()
    form = BanForm(sent(request), initial={"ref": new_ref(), "until": tomorrow(at)})
    what = Act(
        title=_("Stop %(name)s from writing for a while?") % {"name": author.name},
        button=_("Stop for a while"),
        back=at_message(room.slug, found.pk),
        about=_("%(name)s can go on reading, and sees until when.") % {"name": author.name},
        quote=quote_of(found.view()),
        grave=True,
    )

    def run() -> str:
        person_ban(
            actor=actor,
            room=room,
            ref=form.asked(),
            person=author.pk,
            ground=form.cleaned_data["ground"],
            reason=form.text("reason"),
            until=form.cleaned_data["until"],
            everywhere=form.cleaned_data["everywhere"],
            at=at,
        )
        return reverse("bans", args=[room.slug])

    return act(request, room, what, form, run)


@in_room(Action.UNBAN)
def unban(request: HttpRequest, actor: Actor, room: Room, subject: int) -> HttpResponse:
    person = get_object_or_404(Person, pk=subject)
    form = StaffReasonForm(sent(request), initial={"ref": new_ref()})
    what = Act(
        title=_("Let %(name)s write again?") % {"name": person.name},
        button=_("Let write again"),
        back=reverse("bans", args=[room.slug]),
    )

    def run() -> str:
        person_unban(
            actor=actor,
            room=room,
            ref=form.asked(),
            person=person.pk,
            reason=form.text("reason"),
            at=clock.now(),
        )
        return what.back

    return act(request, room, what, form, run, field="reason")


@in_room(Action.BAN)
def bans(request: HttpRequest, _actor: Actor, room: Room) -> HttpResponse:
    """Who may not write here now, and who couldn't before."""
    here = Ban.objects.filter(place__in=["", room.slug]).select_related("person", "by")
    in_force = here.in_force(now := clock.now()).order_by("until")
    past = here.exclude(pk__in=in_force.values("pk")).order_by("-at")[:50]
    context = {"room": room, "in_force": in_force, "past": past, "now": now}
    return render(request, "moderation/bans.html", context)


@require_POST
@in_room(Action.BAN)
def still_needed(_request: HttpRequest, actor: Actor, room: Room, subject: int) -> HttpResponse:
    """Looked at again, and kept."""
    ban_keep(actor=actor, room=room, person=subject, at=clock.now())
    return SeeOther(reverse("bans", args=[room.slug]))
