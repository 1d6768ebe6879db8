"""What people think of a message: one stance a person, changeable."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from deliberation.eventlog.log import writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from deliberation.protocol.replies import TallyNow
from rooms import access
from rooms.models import Message, Room, Stance
from rooms.rights import Action


def stance_take(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,  # noqa: ARG001 - every command has one
    message: int,
    value: str,
    at: datetime,
) -> Done:
    """Take, change or (`none`) withdraw a stance. Repeating it changes nothing, so `ref` is
    only answered, not stored."""
    with writing() as log:
        head = log.lock(room.public_stream)
        access.require(actor, room, to=Action.STANCE, at=at)
        found = access.message_for(room, message)
        if not found.is_shown:
            raise Refused("gone", gettext_noop("This message is no longer shown."))
        before = Stance.objects.filter(message=found, person_id=actor.person).first()
        if (before.value if before else "none") != value:
            _replace(found, actor, before, value, at=at)
            found.refresh_from_db(fields=["agree", "disagree", "unsure"])
            log.tally(room.public_stream, TallyNow(message=found.pk, counts=found.tally()))
        return Done(head, found.pk)


def _replace(
    message: Message, actor: Actor, before: Stance | None, value: str, *, at: datetime
) -> None:
    counts = {}
    if before:
        counts[before.value] = F(before.value) - 1
    if value == "none":
        Stance.objects.filter(message=message, person_id=actor.person).delete()
    else:
        Stance.objects.update_or_create(
            message=message, person_id=actor.person, defaults={"value": value, "at": at}
        )
        counts[value] = F(value) + 1
    Message.objects.filter(pk=message.pk).update(tallied_at=at, **counts)
