"""The room page: a conversation, its window, and the composer.

What `rooms/room.html` gets:

    opening         protocol Opening; opening_json the same for the script tag (already escaped)
    room            opening.snapshot.room (RoomView: slug, title, neighbourhood, charter)
    mode            the mode in force now: open | slow | read_only | frozen (a mode that ended is
                    over, whatever room.mode says); room.mode_reason, room.mode_until, slow_seconds
    neighbourhood   Neighbourhood (slug, name)
    is_draft        True while only managers can see it
    introduction    clean HTML, may be empty
    attribution     plain text, may be empty
    thread          ThreadView of the shown conversation, or None (no conversation yet)
    threads         list[ThreadView], open and closed, talked about last first
    messages        list[Row]: view (MessageView), quote (Quote: id, name, text | None),
                    stance ("agree" | "disagree" | "unsure" | "none"), day (date | None: a new
                    day begins here), follows (the same person goes on), mine, may_edit
    older, newer    addresses of the windows before and after this one, or None
    focus           id of the message that the address names, or None
    you             opening.you (None: visitor); may: the names of the commands open to you now
    may_write       True if a message would be taken here now (a visitor counts as a resident)
    join_needed     True for a visitor: the composer asks a name too
    composer        ComposerForm: name, body, reply_to, ref (render the hidden ones); errors are
                    in composer.name.errors, composer.body.errors
    answering       Quote of the message that is replied to (?reply=<id>), or None
    refusal         the refusal in words, or None; the response then has status 422
    jump            JumpForm (on): the day to go to; bound after `?on=2026-11-01`
    needs           list[NeedView]: what is on the agenda from this conversation
    kenmerken_json  by the id of a message: the kenmerk of the need that it is part of
    phase           Phase of the thread: open | on_agenda | asked | answered | under_way | closed
    lead            NeedView | None: the need that is in that phase
    explains        True where there is a message and this reader never took a stance
    beside          HTML: what was discussed before about this conversation; may be empty

Addresses (names for {% url %}): home, neighbourhood slug, room slug, thread slug id,
message slug id, charter slug, join slug, post slug thread, thread_new slug, stance slug message,
message_edit slug message, message_retract slug message, message_hide / message_restore /
message_author_ban slug message, thread_rename / thread_move / thread_merge / thread_close /
thread_reopen slug thread, room_mode slug, room_desk slug, desk, house_rules, privacy,
set_language (POST language, next), account_login, account_logout, people.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from deliberation.kernel import clock
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused
from deliberation.people.actors import Actor
from deliberation.people.requests import actor_for
from deliberation.people.roles import Role
from deliberation.protocol.shapes import Opening, ThreadLimits, ThreadView
from rooms import access, richtext, selectors
from rooms.agenda_shown import agenda
from rooms.embedding import as_json, embedded
from rooms.forms.searching import JumpForm
from rooms.forms.writing import ComposerForm
from rooms.models import Message, Room, Stance, Thread, ThreadState
from rooms.phase import phase_of
from rooms.rights import Action, mode_allows
from rooms.selectors import Window

from .answers import in_words
from .rows import Quote, quote_of, rows_of

LISTED = ("open", "closed")


@require_safe
@in_words
def room_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The room with the conversation that was talked in last."""
    at = clock.now()
    actor = actor_for(request, at=at)
    room = access.room_for(actor, slug, to=Action.READ, at=at)
    last = _talked_in_last(room)
    window = Window(thread=last.pk if last else None)
    return show(request, actor, room, window, at=at)


@require_safe
@in_words
def thread_page(request: HttpRequest, slug: str, thread: int) -> HttpResponse:
    """One conversation; a window of it with `?before=` or `?after=` a number, or `?on=` a day."""
    at = clock.now()
    actor = actor_for(request, at=at)
    room = access.room_for(actor, slug, to=Action.READ, at=at)
    found = access.thread_for(room, thread)
    if found.continued_in:
        return _moved("thread", found.continued_in.room.slug, found.continued_in.pk)
    if "on" in request.GET:
        return _on_a_day(request, actor, room, found, at=at)
    before, after = _number(request, "before"), _number(request, "after")
    window = Window(thread=found.pk, before=before, after=after)
    return show(request, actor, room, window, at=at)


@require_safe
@in_words
def message_page(request: HttpRequest, slug: str, message: int) -> HttpResponse:
    """A message among those around it. What moved to another room is found there."""
    at = clock.now()
    actor = actor_for(request, at=at)
    room = access.room_for(actor, slug, to=Action.READ, at=at)
    found = Message.objects.select_related("room").filter(pk=message).first()
    if found is not None and found.room_id != room.pk:
        access.room_for(actor, found.room.slug, to=Action.READ, at=at)
        return _moved("message", found.room.slug, found.pk)
    here = access.message_for(room, message)
    window = Window(thread=here.thread_id, around=here.seq)
    return show(request, actor, room, window, at=at, focus=here.pk)


def _on_a_day(
    request: HttpRequest, actor: Actor, room: Room, thread: Thread, *, at: datetime
) -> HttpResponse:
    """Around the first message on that day or later; the newest ones where there is none."""
    jump = JumpForm(request.GET)
    first = selectors.first_since(thread, jump.begins) if jump.is_valid() else None
    window = Window(thread=thread.pk, around=first.seq if first else None)
    focus, status = first.pk if first else None, 422 if jump.errors else 200
    return show(request, actor, room, window, at=at, focus=focus, jump=jump, status=status)


def show(
    request: HttpRequest,
    actor: Actor,
    room: Room,
    window: Window,
    *,
    at: datetime,
    focus: int | None = None,
    composer: ComposerForm | None = None,
    refusal: str | None = None,
    jump: JumpForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The room page for this reader; with a composer that was refused, its words kept."""
    opening = selectors.opening(actor, room, window, at=at)
    answering = _answering(request, room, composer)
    context = _context(opening, room, at=at)
    context |= _agenda(context["thread"], opening, room, actor, at=at)
    context |= {
        "explains": bool(opening.snapshot.messages) and not _took_a_stance(actor),
        # What was refused stays in front of its writer, whatever they may do now.
        "may_write": context["may_write"] or composer is not None,
        "focus": focus,
        "answering": answering,
        "composer": composer or _blank(answering, context["limits"]),
        "refusal": refusal,
        "jump": jump or JumpForm(),
    }
    return render(request, "rooms/room.html", context, status=status)


def _context(opening: Opening, room: Room, *, at: datetime) -> dict[str, Any]:
    snapshot = opening.snapshot
    mode = room.mode_at(at)
    you = opening.you
    may = frozenset(you.may if you else ())
    visitor_may = mode_allows(frozenset({Role.RESIDENT}), Action.POST, mode)
    thread = next((t for t in snapshot.threads if t.id == opening.thread), None)
    writable = thread is not None and thread.state == "open"
    return {
        "opening": opening,
        "opening_json": embedded(opening),
        "room": snapshot.room,
        "neighbourhood": room.neighbourhood,
        "mode": mode.value,
        "is_draft": room.opened_at is None,
        "introduction": richtext.html(room.introduction),
        "attribution": room.attribution,
        "thread": thread,
        "limits": _limits(thread, at),
        "meetings": snapshot.meetings,
        "pinned": _pinned(room, thread),
        "threads": listed(snapshot.threads),
        "older": _edge(opening, "before", 0) if opening.older else None,
        "newer": _edge(opening, "after", -1) if opening.newer else None,
        "you": you,
        "may": may,
        "may_write": writable and (Action.POST in may if you else visitor_may),
        "join_needed": you is None,
    }


def _agenda(
    thread: ThreadView | None, opening: Opening, room: Room, actor: Actor, *, at: datetime
) -> dict[str, Any]:
    """What of the agenda stands in and beside the conversation."""
    kenmerken = agenda().kenmerken([view.id for view in opening.snapshot.messages])
    here = [need for need in opening.snapshot.needs if thread and thread.id in need.threads]
    needs = sorted(here, key=lambda need: -need.people)
    phase = phase_of(thread, needs) if thread else None
    place = room.neighbourhood
    return {
        "messages": rows_of(opening, kenmerken),
        "needs": needs,
        "phase": phase,
        "lead": next((need for need in needs if need.state == phase and need.title), None),
        "kenmerken_json": as_json({str(one): name for one, name in kenmerken.items()}),
        "beside": agenda().beside(thread.id, thread.title, place, actor=actor, at=at)
        if thread
        else "",
    }


def listed(threads: list[ThreadView]) -> list[ThreadView]:
    """The conversations of a room's list, talked in last first."""
    shown = [thread for thread in threads if thread.state in LISTED]
    return sorted(shown, key=lambda thread: thread.last_seq, reverse=True)


def _talked_in_last(room: Room) -> Thread | None:
    threads = Thread.objects.filter(room=room, state__in=LISTED)
    opened = threads.filter(state=ThreadState.OPEN)
    return opened.order_by("-last_seq").first() or threads.order_by("-last_seq").first()


def _edge(opening: Opening, side: str, index: int) -> str | None:
    """The address of the window beyond the first or the last message of this one."""
    messages = opening.snapshot.messages
    if not messages or opening.thread is None:
        return None
    address = reverse("thread", args=[opening.snapshot.room.slug, opening.thread])
    return f"{address}?{side}={messages[index].seq}"


def _took_a_stance(actor: Actor) -> bool:
    return actor.id is not None and Stance.objects.filter(person_id=actor.id).exists()


def _answering(request: HttpRequest, room: Room, composer: ComposerForm | None) -> Quote | None:
    asked = composer.cleaned_data.get("reply_to") if composer else _number(request, "reply")
    if not asked:
        return None
    try:
        return quote_of(access.message_for(room, asked).view())
    except Refused:
        return None


def _limits(thread: ThreadView | None, at: datetime) -> ThreadLimits | None:
    """What limits the conversation now."""
    found = thread.limits if thread else None
    return found if found and found.until > at else None


def _pinned(room: Room, thread: ThreadView | None) -> Quote | None:
    """What stands above the conversation, as long as it is shown."""
    if thread is None or thread.pinned is None:
        return None
    found = quote_of(access.message_for(room, thread.pinned).view())
    return found if found.text is not None else None


def _blank(answering: Quote | None, limits: ThreadLimits | None) -> ComposerForm:
    """Where only one question is answered, an answer to nothing else answers that."""
    reply_to = answering.id if answering else limits.answers_to if limits else None
    return ComposerForm(initial={"ref": new_ref(), "reply_to": reply_to})


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 18 else None


def _moved(name: str, *where: object) -> HttpResponsePermanentRedirect:
    address = reverse(name, args=where)
    if name == "message":
        address += f"#m{where[-1]}"
    moved = redirect(address, permanent=True)
    assert isinstance(moved, HttpResponsePermanentRedirect)
    return moved
