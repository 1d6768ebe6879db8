"""The only door to a room. Every look-up starts at the person who asks."""

from datetime import datetime

from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import ended
from deliberation.people.actors import Actor
from deliberation.protocol.shapes import You

from .models import Meeting, Message, Mode, Room, Thread, ThreadState
from .models.room import RoomQuerySet
from .rights import RIGHTS, Action, mode_allows, role_allows


def rooms_for(actor: Actor) -> RoomQuerySet:
    """The rooms this person can see: opened ones; managers see drafts too."""
    rooms = Room.objects.select_related("neighbourhood", "charter")
    return rooms if role_allows(actor.roles, Action.CHARTER) else rooms.opened()


def room_for(actor: Actor, slug: str, *, to: Action, at: datetime) -> Room:
    """The room, if this person may do `to` in it now. Raises Refused."""
    room = rooms_for(actor).filter(slug=slug).first()
    if room is None:
        raise no_room()
    require(actor, room, to=to, at=at)
    return room


def thread_for(room: Room, thread: int) -> Thread:
    """A thread of this room, whatever its state. Raises Refused."""
    found = Thread.objects.filter(room=room, pk=thread).first()
    if found is None:
        raise Refused(
            "no_thread",
            gettext_noop("This conversation is not in this room. Reload the page to see what is."),
        )
    return found


def as_open(thread: Thread) -> Thread:
    """The same thread, if it takes messages. Raises Refused."""
    if thread.state != ThreadState.OPEN:
        raise Refused(
            "thread_closed",
            gettext_noop("This conversation is closed. Your text is kept. Choose another one."),
        )
    return thread


def message_for(room: Room, message: int) -> Message:
    """A message of this room, tombstones included. Raises Refused."""
    found = Message.objects.filter(room=room, pk=message).select_related("author").first()
    if found is None:
        raise Refused("no_message", gettext_noop("This message is not in this room any more."))
    return found


def meeting_for(room: Room, meeting: int) -> Meeting:
    """A meeting of this room, whatever its phase. Raises Refused."""
    found = Meeting.objects.filter(room=room, pk=meeting).first()
    if found is None:
        raise Refused("no_meeting", gettext_noop("There is no such meeting in this room."))
    return found


def require(
    actor: Actor, room: Room, *, to: Action, at: datetime, own: Message | None = None
) -> None:
    """Pure check of role, ban and mode, and of ownership where the right asks for it."""
    rule = RIGHTS[to]
    if room.opened_at is None and not role_allows(actor.roles, Action.CHARTER):
        raise no_room()
    if not role_allows(actor.roles, to):
        raise not_yours(actor)
    if not rule.banned:
        require_no_ban(actor.banned_until(room.slug))
    if not mode_allows(actor.roles, to, room.mode_at(at)):
        raise _mode_refuses(room)
    if rule.own and own is not None and own.author_id != actor.id:
        raise Refused("not_yours", gettext_noop("Only the writer of a message can do this."))


def may(actor: Actor, room: Room, to: Action, *, at: datetime) -> bool:
    """Whether `require` would let this pass (ownership aside)."""
    try:
        require(actor, room, to=to, at=at)
    except Refused:
        return False
    return True


def you(actor: Actor, room: Room, *, at: datetime) -> You | None:
    """Who the reader is to this room; None for a visitor."""
    if actor.id is None:
        return None
    author = actor.author()
    return You(
        id=author.id,
        name=author.name,
        badge=author.badge,
        staff=may(actor, room, Action.READ_STAFF, at=at),
        may=[action.value for action in Action if may(actor, room, action, at=at)],
        banned_until=actor.banned_until(room.slug),
    )


def no_room() -> Refused:
    return Refused("no_room", gettext_noop("There is no room at this address. Check the address."))


def not_yours(actor: Actor) -> Refused:
    """To who has not the right: a visitor can still get it."""
    if actor.id is None:
        return Refused(
            "signed_out",
            gettext_noop("Choose a name first. Then you can take part. Your text is kept."),
        )
    return not_allowed()


def not_allowed() -> Refused:
    return Refused("not_allowed", gettext_noop("You can't do this here. Ask a community manager."))


def require_no_ban(until: datetime | None) -> None:
    """`until`: the end of a ban in force, None without one. Raises Refused."""
    if until is not None:
        raise Refused(
            "banned",
            gettext_noop("You can't write here until %(until)s. You can still read everything."),
            values={"until": until},
        )


def _mode_refuses(room: Room) -> Refused:
    text = {
        Mode.CHECKED: gettext_noop(
            "Until %(until)s only a community manager starts conversations here: %(reason)s "
            "Your text is kept."
        ),
        Mode.READ_ONLY: gettext_noop(
            "This room is read-only until %(until)s: %(reason)s Your text is kept."
        ),
        Mode.FROZEN: gettext_noop(
            "This room is paused until %(until)s: %(reason)s Your text is kept."
        ),
    }[Mode(room.mode)]
    values = {"until": room.mode_until, "reason": ended(room.mode_reason)}
    return Refused(room.mode, text, values=values)
