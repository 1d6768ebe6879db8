"""What residents do, by plain form: post, open a conversation, take a stance, edit, retract."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from deliberation.kernel import clock
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused
from deliberation.kernel.text import TITLE_LIMIT, line
from deliberation.people.actors import Actor
from deliberation.people.joining import NAME
from rooms import access
from rooms.forms.writing import ComposerForm, EditForm, RefForm, StanceForm, ThreadForm
from rooms.forms_guard import same_origin, same_origin_post
from rooms.models import Message, Room
from rooms.rights import Action
from rooms.selectors import Window
from rooms.services import (
    message_edit,
    message_post,
    message_retract,
    stance_take,
    thread_open,
)
from rooms.words import sentence

from .answers import in_words, kept
from .joining import taking_part
from .parts import Act, SeeOther, act, at_message, at_thread, place_of, sent
from .room import show
from .rows import quote_of

_FORMS = require_http_methods(["GET", "HEAD", "POST"])


@same_origin_post
@in_words
def post(request: HttpRequest, slug: str, thread: int) -> HttpResponse:
    """Put a message in a conversation; shows the room again with the text kept if refused."""
    at = clock.now()
    actor, room = place_of(request, slug)
    form = ComposerForm(request.POST)
    form.is_valid()
    done = taking_part(
        request,
        actor,
        room,
        form,
        lambda author: message_post(
            actor=author,
            room=room,
            ref=form.asked(),
            thread=thread,
            body=form.text("body"),
            reply_to=form.cleaned_data.get("reply_to"),
            at=at,
        ),
    )
    if not isinstance(done, Refused):
        return SeeOther(f"{at_thread(room.slug, thread)}#m{done.id}")
    words = sentence(done)
    form.add_error("name" if done.code.startswith(NAME) else "body", words)
    access.thread_for(room, thread)
    window = Window(thread=thread)
    return show(
        request, actor, room, window, at=at, composer=form, refusal=words, status=kept(done)
    )


@same_origin
@_FORMS
@in_words
def thread_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a conversation with its first message."""
    at = clock.now()
    actor, room = place_of(request, slug)
    if request.method != "POST":
        return _thread_form(request, actor, room, ThreadForm(initial={"ref": new_ref()}))
    form = ThreadForm(request.POST)
    if not form.is_valid():
        return _thread_form(request, actor, room, form, status=422)
    done = taking_part(
        request,
        actor,
        room,
        form,
        lambda author: thread_open(
            actor=author,
            room=room,
            ref=form.asked(),
            title=form.text("title"),
            kind=form.text("kind"),
            body=form.text("body"),
            at=at,
        ),
    )
    if not isinstance(done, Refused):
        return SeeOther(at_thread(room.slug, done.id))
    form.add_error(_field(done, form), sentence(done))
    return _thread_form(request, actor, room, form, status=kept(done))


@same_origin_post
@in_words
def stance(request: HttpRequest, slug: str, message: int) -> HttpResponse:
    """Take, change or withdraw a stance; a visitor is asked a name on the way."""
    at = clock.now()
    actor, room = place_of(request, slug)
    found = access.message_for(room, message)
    form = StanceForm(request.POST)
    if not form.is_valid():
        return SeeOther(at_message(room.slug, message))
    if actor.id is None and "name" not in request.POST:
        return _stance_form(request, room, found, StanceForm(initial=form.cleaned_data))
    done = taking_part(
        request,
        actor,
        room,
        form,
        lambda person: stance_take(
            actor=person,
            room=room,
            ref=form.asked(),
            message=message,
            value=form.text("value"),
            at=at,
        ),
    )
    if not isinstance(done, Refused):
        return SeeOther(at_message(room.slug, message))
    form.add_error("name", sentence(done))
    return _stance_form(request, room, found, form, status=kept(done))


@same_origin
@_FORMS
@in_words
def edit(request: HttpRequest, slug: str, message: int) -> HttpResponse:
    """Change one's own message."""
    at = clock.now()
    actor, room = place_of(request, slug)
    found = _own(actor, room, message, Action.EDIT)
    form = EditForm(sent(request), initial={"ref": new_ref(), "body": found.body})
    what = Act(
        title=_("Change your message"),
        button=_("Save"),
        back=at_message(room.slug, message),
        about=_("Everyone sees that the message was changed."),
    )

    def run() -> str:
        message_edit(
            actor=actor,
            room=room,
            ref=form.asked(),
            message=message,
            body=form.text("body"),
            at=at,
        )
        return at_message(room.slug, message)

    return act(request, room, what, form, run, field="body")


@same_origin
@_FORMS
@in_words
def retract(request: HttpRequest, slug: str, message: int) -> HttpResponse:
    """Take one's own message back, after a last look."""
    at = clock.now()
    actor, room = place_of(request, slug)
    found = _own(actor, room, message, Action.RETRACT)
    form = RefForm(sent(request), initial={"ref": new_ref()})
    what = Act(
        title=_("Take your message back?"),
        button=_("Take it back"),
        back=at_message(room.slug, message),
        about=_("The words are removed for good. Everyone sees that something stood here."),
        quote=quote_of(found.view()),
        grave=True,
    )

    def run() -> str:
        message_retract(actor=actor, room=room, ref=form.asked(), message=message, at=at)
        return at_message(room.slug, message)

    return act(request, room, what, form, run)


def _own(actor: Actor, room: Room, message: int, to: Action) -> Message:
    found = access.message_for(room, message)
    access.require(actor, room, to=to, at=clock.now(), own=found)
    return found


def _field(refused: Refused, form: ThreadForm) -> str:
    """Which field of the form a refusal is about."""
    if refused.code.startswith(NAME):
        return "name"
    try:
        line(form.text("title"), limit=TITLE_LIMIT)
    except Refused:
        return "title"
    return "body"


def _thread_form(
    request: HttpRequest, actor: Actor, room: Room, form: ThreadForm, status: int = 200
) -> HttpResponse:
    context = {"room": room, "form": form, "join_needed": actor.id is None}
    return render(request, "rooms/thread_new.html", context, status=status)


def _stance_form(
    request: HttpRequest, room: Room, message: Message, form: StanceForm, status: int = 422
) -> HttpResponse:
    context = {
        "room": room,
        "form": form,
        "quote": quote_of(message.view()),
        "message": message,
        "address": reverse("stance", args=[room.slug, message.pk]),
    }
    return render(request, "rooms/stance.html", context, status=status)
