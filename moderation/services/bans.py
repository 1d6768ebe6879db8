"""Bans: always on a ground, with an end, and in the log."""

from datetime import datetime
from uuid import UUID

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from deliberation.people.models import Ban, Person
from deliberation.protocol import events
from moderation.models import Act, Decision
from rooms import access
from rooms.models import Room
from rooms.rights import Action
from rooms.services.rooms import require_end

from .deciding import Facts, decide, facts_of, undone


def person_ban(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    person: int,
    ground: str,
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
        facts = facts_of(ground, reason)
        ban = Ban.objects.create(
            person=found,
            place="" if everywhere else room.slug,
            reason=facts.words,
            by_id=actor.id,
            at=at,
            until=until,
        )
        decide(
            log,
            Decision(act=Act.BAN, room=room, person=found, at=at, until=until),
            facts,
            actor=actor,
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
        facts = Facts(words=facts_of("", reason).words)
        bans.update(lifted_at=at, lifted_reason=facts.words)
        last.refresh_from_db()
        decide(
            log,
            undone(Decision(act=Act.UNBAN, room=room, person=found, at=at), Act.BAN),
            facts,
            actor=actor,
        )
        event = events.PersonUnbanned(
            seq=log.next(room.staff_stream),
            at=at,
            by=actor.author(),
            person=found.author(),
            reason=last.lifted_reason,
            stream="staff",
        )
        return _logged(log, room, event, actor=actor, person=found, ban=last.pk, ref=ref)


def ban_keep(*, actor: Actor, room: Room, person: int, at: datetime) -> int:
    """Someone looked again: the bans of this person here are still needed. Returns how many."""
    with writing() as log:
        log.lock(room.staff_stream)
        access.require(actor, room, to=Action.BAN, at=at)
        bans = Ban.objects.in_force(at).filter(person=person, place__in=["", room.slug])
        return bans.update(reviewed_at=at)


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
