"""What managers do with conversations and with a room's mode, each on a page of its own."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from deliberation.kernel import clock
from deliberation.kernel.ids import new_ref
from deliberation.people.actors import Actor
from rooms import access
from rooms.forms.managing import (
    MergeForm,
    MessageMoveForm,
    ModeForm,
    MoveForm,
    ReasonForm,
    TitleForm,
    tomorrow,
)
from rooms.forms.writing import RefForm
from rooms.models import Message, Room, Thread
from rooms.rights import Action
from rooms.services import (
    message_move,
    room_mode,
    thread_close,
    thread_merge,
    thread_move,
    thread_pin,
    thread_rename,
    thread_reopen,
)

from .parts import Act, act, at_message, at_thread, in_room, sent
from .rows import quote_of

# Beside which field of a mode a refusal stands.
_MODE_FIELDS = {
    "empty": "reason",
    "no_end": "until",
    "no_pace": "slow_seconds",
    "no_basis": "basis",
}
Tool = Callable[[HttpRequest, Actor, Thread], HttpResponse]


def tool(to: Action) -> Callable[[Tool], Callable[[HttpRequest, str, int], HttpResponse]]:
    """A view for one thread, for who may do `to`; a stranger signs in first."""

    def decorate(view_of: Tool) -> Callable[[HttpRequest, str, int], HttpResponse]:
        @in_room(to)
        @wraps(view_of)
        def view(request: HttpRequest, actor: Actor, room: Room, thread: int) -> HttpResponse:
            found = access.thread_for(room, thread)
            found.room = room
            return view_of(request, actor, found)

        return view

    return decorate


@tool(Action.THREAD_RENAME)
def rename(request: HttpRequest, actor: Actor, thread: Thread) -> HttpResponse:
    form = TitleForm(sent(request), initial=_ref() | {"title": thread.title})
    what = _act(thread, title=_("Rename the conversation"), button=_("Rename"))

    def run() -> str:
        thread_rename(
            actor=actor,
            room=thread.room,
            ref=form.asked(),
            thread=thread.pk,
            title=form.text("title"),
            at=clock.now(),
        )
        return what.back

    return act(request, thread.room, what, form, run, field="title")


@tool(Action.THREAD_CLOSE)
def close(request: HttpRequest, actor: Actor, thread: Thread) -> HttpResponse:
    form = ReasonForm(sent(request), initial=_ref())
    what = _act(
        thread,
        title=_("Close the conversation"),
        button=_("Close the conversation"),
        about=_("Everyone can still read it. Nobody can add to it until you reopen it."),
        grave=True,
    )

    def run() -> str:
        thread_close(
            actor=actor,
            room=thread.room,
            ref=form.asked(),
            thread=thread.pk,
            reason=form.text("reason"),
            at=clock.now(),
        )
        return what.back

    return act(request, thread.room, what, form, run, field="reason")


@tool(Action.THREAD_REOPEN)
def reopen(request: HttpRequest, actor: Actor, thread: Thread) -> HttpResponse:
    form = RefForm(sent(request), initial=_ref())
    what = _act(
        thread,
        title=_("Reopen the conversation"),
        button=_("Reopen the conversation"),
        about=_("Everyone can write in it again."),
    )

    def run() -> str:
        thread_reopen(
            actor=actor, room=thread.room, ref=form.asked(), thread=thread.pk, at=clock.now()
        )
        return what.back

    return act(request, thread.room, what, form, run)


@tool(Action.THREAD_MERGE)
def merge(request: HttpRequest, actor: Actor, thread: Thread) -> HttpResponse:
    form = MergeForm(sent(request), initial=_ref()).among(thread)
    what = _act(
        thread,
        title=_("Merge the conversation with another one"),
        button=_("Merge"),
        about=_("All its messages go to the other conversation. You can't undo this."),
        grave=True,
    )

    def run() -> str:
        into: Thread = form.cleaned_data["into"]
        thread_merge(
            actor=actor,
            room=thread.room,
            ref=form.asked(),
            thread=thread.pk,
            into=into.pk,
            reason=form.text("reason"),
            at=clock.now(),
        )
        return at_thread(thread.room.slug, into.pk)

    return act(request, thread.room, what, form, run, field="reason")


@tool(Action.THREAD_MOVE)
def move(request: HttpRequest, actor: Actor, thread: Thread) -> HttpResponse:
    rooms = access.rooms_for(actor).opened().exclude(pk=thread.room_id)
    form = MoveForm(sent(request), initial=_ref()).among(rooms)
    what = _act(
        thread,
        title=_("Move the conversation to another room"),
        button=_("Move"),
        about=_("A signpost stays here. Old links lead to the new place."),
        grave=True,
    )

    def run() -> str:
        goal: Room = form.cleaned_data["to_room"]
        thread_move(
            actor=actor,
            room=thread.room,
            ref=form.asked(),
            thread=thread.pk,
            to_room=goal.slug,
            reason=form.text("reason"),
            at=clock.now(),
        )
        return what.back

    return act(request, thread.room, what, form, run, field="reason")


@in_room(Action.THREAD_PIN)
def message_pin_page(request: HttpRequest, actor: Actor, room: Room, message: int) -> HttpResponse:
    """Above its conversation, or no longer there."""
    at = clock.now()
    found = access.message_for(room, message)
    form = RefForm(sent(request), initial=_ref())
    off = found.thread.pinned_id == found.pk
    what = _unpinning(room, found) if off else _pinning(room, found)

    def run() -> str:
        thread_pin(
            actor=actor,
            room=room,
            ref=form.asked(),
            thread=found.thread_id,
            message=None if off else found.pk,
            at=at,
        )
        return what.back

    return act(request, room, what, form, run)


def _pinning(room: Room, message: Message) -> Act:
    return Act(
        title=_("Pin this message above the conversation"),
        button=_("Pin"),
        back=at_message(room.slug, message.pk),
        about=_("Everyone sees it at the top. It takes the place of what is pinned there now."),
        quote=quote_of(message.view()),
    )


def _unpinning(room: Room, message: Message) -> Act:
    return Act(
        title=_("Unpin this message"),
        button=_("Unpin"),
        back=at_message(room.slug, message.pk),
        about=_("It stays in the conversation."),
        quote=quote_of(message.view()),
    )


@in_room(Action.MESSAGE_MOVE)
def message_move_page(request: HttpRequest, actor: Actor, room: Room, message: int) -> HttpResponse:
    """To another conversation of the room, or to a new one: what is about something else."""
    at = clock.now()
    found = access.message_for(room, message)
    form = MessageMoveForm(sent(request), initial=_ref()).among(found.thread)
    what = Act(
        title=_("Move the message to another conversation"),
        button=_("Move"),
        back=at_message(room.slug, found.pk),
        about=_("The answers to it go along. Old links lead to the new place; the writers hear."),
        quote=quote_of(found.view()),
    )

    def run() -> str:
        into: Thread | None = form.cleaned_data["into"]
        message_move(
            actor=actor,
            room=room,
            ref=form.asked(),
            message=found.pk,
            into=into.pk if into else None,
            title=form.text("title"),
            at=at,
        )
        return what.back

    return act(request, room, what, form, run, field="title")


@in_room(Action.MODE)
def mode(request: HttpRequest, actor: Actor, room: Room) -> HttpResponse:
    """Open, slow, read first, read-only or frozen; all but open with a reason and an end."""
    at = clock.now()
    now = {
        "mode": room.mode_at(at),
        "reason": room.mode_reason,
        "until": room.mode_until or tomorrow(at),
        "slow_seconds": room.slow_seconds or None,
        "basis": room.mode_basis,
    }
    form = ModeForm(sent(request), initial=_ref() | now)
    what = Act(
        title=_("Mode of the room"),
        button=_("Set the mode"),
        back=reverse("room_desk", args=[room.slug]),
        about=_(
            "Slow: everyone waits a while between two messages. Read first: a message is shown "
            "once you have read it. Read only: nobody posts, stances stay open. Frozen: nothing "
            "changes at all."
        ),
    )

    def run() -> str:
        wanted = {name: form.cleaned_data[name] for name in ("mode", "reason", "until", "basis")}
        room_mode(
            actor=actor,
            room=room,
            ref=form.asked(),
            at=at,
            slow_seconds=form.cleaned_data["slow_seconds"] or 0,
            **wanted,
        )
        return what.back

    return act(request, room, what, form, run, fields=_MODE_FIELDS)


def _ref() -> dict[str, object]:
    return {"ref": new_ref()}


def _act(thread: Thread, *, title: str, button: str, about: str = "", grave: bool = False) -> Act:
    back = at_thread(thread.room.slug, thread.pk)
    return Act(
        title=title, button=button, back=back, about=about, subject=thread.title, grave=grave
    )
