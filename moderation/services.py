"""Hiding, restoring and bans: always with a reason, always in the log."""

from datetime import datetime
from uuid import UUID

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import REASON_LIMIT, line
from deliberation.people.actors import Actor
from deliberation.people.models import Ban, Person
from deliberation.protocol import events
from rooms import access
from rooms.models import MessageState, Room
from rooms.rights import Action
from rooms.services.messages import announce
from rooms.services.rooms import require_end


def message_hide(
    *, actor: Actor, room: Room, ref: UUID, message: int, reason: str, at: datetime
) -> Done:
    """Replace a message by a tombstone that says why. The words are kept, not shown."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        access.require(actor, room, to=Action.HIDE, at=at)
        found = access.message_for(room, message)
        if not found.is_shown:
            raise Refused("gone", gettext_noop("This message is no longer shown."))
        found.state, found.reason = (
            MessageState.HIDDEN,
            line(reason, limit=REASON_LIMIT),
        )
        found.save(update_fields=["state", "reason"])
        return announce(log, room, events.MessageHidden, found, actor=actor, ref=ref, at=at)


def message_restore(
    *, actor: Actor, room: Room, ref: UUID, message: int, reason: str, at: datetime
) -> Done:
    """Show a hidden message again, where it was."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        access.require(actor, room, to=Action.RESTORE, at=at)
        found = access.message_for(room, message)
        if found.state != MessageState.HIDDEN:
            raise Refused("not_hidden", gettext_noop("This message is not hidden."))
        found.state, found.reason = MessageState.SHOWN, line(reason, limit=REASON_LIMIT)
        found.save(update_fields=["state", "reason"])
        return announce(log, room, events.MessageRestored, found, actor=actor, ref=ref, at=at)


def person_ban(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    person: int,
    reason: str,
    until: datetime,
    at: datetime,
    everywhere: bool = False,
) -> Done:
    """Someone may not write for a while, here or everywhere. They can go on reading."""
    with writing() as log:
        if done := log.done(room.staff_stream, actor.id, ref):
            return done
        access.require(actor, room, to=Action.BAN, at=at)
        found = _resident(person)
        require_end(until, at=at)
        ban = Ban.objects.create(
            person=found,
            place="" if everywhere else room.slug,
            reason=line(reason, limit=REASON_LIMIT),
            by_id=actor.id,
            at=at,
            until=until,
        )
        event = events.PersonBanned(
            seq=log.next(room.staff_stream),
            at=at,
            by=actor.author(),
            person=found.author(),
            reason=ban.reason,
            until=until,
            everywhere=everywhere,
            stream="staff",
        )
        return _logged(log, room, event, actor=actor, person=found, ban=ban.pk, ref=ref)


def person_unban(
    *, actor: Actor, room: Room, ref: UUID, person: int, reason: str, at: datetime
) -> Done:
    """End all bans of this person in this room and everywhere."""
    with writing() as log:
        if done := log.done(room.staff_stream, actor.id, ref):
            return done
        access.require(actor, room, to=Action.UNBAN, at=at)
        found = _resident(person)
        bans = Ban.objects.in_force(at).filter(person=found, place__in=["", room.slug])
        last = bans.order_by("-pk").first()
        if last is None:
            raise Refused("not_banned", gettext_noop("This person can already write here."))
        bans.update(lifted_at=at, lifted_reason=line(reason, limit=REASON_LIMIT))
        last.refresh_from_db()
        event = events.PersonUnbanned(
            seq=log.next(room.staff_stream),
            at=at,
            by=actor.author(),
            person=found.author(),
            reason=last.lifted_reason,
            stream="staff",
        )
        return _logged(log, room, event, actor=actor, person=found, ban=last.pk, ref=ref)


def _resident(person: int) -> Person:
    found = Person.objects.filter(pk=person).first()
    if found is None or found.is_staff_member:
        raise Refused("no_person", gettext_noop("There is no resident like this."))
    return found


def _logged(
    log: Writing,
    room: Room,
    event: events.AnyStaffEvent,
    *,
    actor: Actor,
    person: Person,
    ban: int,
    ref: UUID,
) -> Done:
    return log.append(
        room.staff_stream, event, actor=actor.id, subject=person.pk, other=ban, ref=ref
    )
