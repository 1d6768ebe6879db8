"""How long a person waits between two messages in a slow room that sets its own pace."""

from datetime import datetime, timedelta

from .models import Room

LEAST, MOST = 15, 60  # seconds
_EACH = 3  # seconds for everyone who writes: together they write a message every three seconds
_LATELY = timedelta(minutes=5)


def pause(room: Room, *, at: datetime) -> int:
    """Seconds, more as more people write. Decided by what is stored, so the same everywhere."""
    lately = room.messages.filter(at__gt=at - _LATELY, author__isnull=False)
    writers = lately.order_by().values("author").distinct().count()
    return min(MOST, max(LEAST, _EACH * writers))
