"""Counts that changed while someone was away; they are not in the log."""

from datetime import datetime

from deliberation.protocol.replies import TallyNow
from rooms.models import Message, Room


def tallies_since(room: Room, since: datetime, *, limit: int = 400) -> list[TallyNow]:
    """The newest `limit` messages whose tally changed after `since`."""
    changed = Message.objects.filter(room=room, tallied_at__gt=since).order_by("-seq")[:limit]
    return [TallyNow(message=message.pk, counts=message.tally()) for message in changed]
