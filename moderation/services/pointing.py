"""What the watches found in a message becomes a case for the managers."""

from collections.abc import Sequence
from datetime import datetime

from deliberation.eventlog.log import Writing
from deliberation.people.actors import SYSTEM
from moderation.models import Case, Signal
from moderation.screening.seen import Hit
from rooms.models import Message, Room

from .cases import changed, opened_about, weigh


def point_out(
    log: Writing, room: Room, message: Message, hits: Sequence[Hit], *, at: datetime
) -> list[Hit]:
    """Add what was not pointed out before, in the case that waits or in a new one; returns that.

    What a person looked at since it was written is left alone.
    """
    written = message.edited_at or message.at
    if Case.objects.filter(message=message, closed_at__gte=written).exists():
        return []
    known = Signal.objects.filter(case__message=message).values_list("kind", "says", "values")
    told = {(kind, says, str(values)) for kind, says, values in known}
    fresh = [hit for hit in hits if hit.key not in told]
    if not fresh:
        return []
    case = opened_about(message, fresh[0].ground, at=at)
    case.save()
    Signal.objects.bulk_create(
        Signal(case=case, kind=one.kind, ground=one.ground, says=one.says, values=one.values, at=at)
        for one in fresh
    )
    weigh(case)
    changed(log, room, case, actor=SYSTEM, ref=None, at=at)
    return fresh
