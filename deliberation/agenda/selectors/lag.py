"""How far the follower of rooms is behind."""

from datetime import datetime

from django.conf import settings

from deliberation.agenda.cursors import readers
from deliberation.eventlog.models import Event


def lag(*, at: datetime) -> float:
    """Seconds since the oldest event of any room that was not read for needs; 0 without one."""
    if not settings.SUMMARY:
        return 0.0
    waiting = [
        Event.objects.filter(stream__name=reader.room.public_stream, seq__gt=reader.cursor.seq)
        .order_by("seq")
        .values_list("at", flat=True)
        .first()
        for reader in readers()
        if reader.is_behind
    ]
    since = min((moment for moment in waiting if moment is not None), default=at)
    return max(0.0, (at - since).total_seconds())
