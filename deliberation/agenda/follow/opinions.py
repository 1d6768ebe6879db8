"""Opinion groups of a room, computed again when stances changed."""

from collections import defaultdict
from datetime import datetime

import msgspec
from django.db import transaction
from django.db.models import OuterRef, Subquery

from deliberation.agenda.cursors import cursor_held
from deliberation.agenda.models import AgendaCursor, OpinionSnapshot
from deliberation.engine.opinions import opinions
from deliberation.engine.shapes import Votes
from rooms.models import Message, MessageState, Room, Stance, StanceValue

_AGREES = {StanceValue.AGREE: 1, StanceValue.DISAGREE: -1, StanceValue.UNSURE: 0}


def opinions_follow(*, at: datetime) -> None:
    """In every room where stances changed since the last time. Idempotent."""
    read = dict(AgendaCursor.objects.values_list("room", "tallied_at"))
    for room, tallied in _tallied().items():
        if tallied != read.get(room):
            _compute(room, tallied, at=at)


def _tallied() -> dict[int, datetime]:
    """When a stance last changed, in each open room that has any."""
    judged = Message.objects.filter(room=OuterRef("pk")).exclude(tallied_at=None)
    last = Subquery(judged.order_by("-tallied_at").values("tallied_at")[:1])
    rooms = Room.objects.opened().annotate(tallied=last).exclude(tallied=None)
    return dict(rooms.order_by("pk").values_list("pk", "tallied"))


def _compute(room: int, tallied: datetime, *, at: datetime) -> None:
    """Outside any transaction; of two at once the one that read more has the last word."""
    found = opinions(votes_in(room))
    with transaction.atomic():
        cursor = cursor_held(room)
        if cursor.tallied_at is None or cursor.tallied_at < tallied:
            fresh = {"at": at, "content": msgspec.to_builtins(found)}
            OpinionSnapshot.objects.update_or_create(room_id=room, defaults=fresh)
            cursor.tallied_at = tallied
            cursor.save(update_fields=["tallied_at"])


def votes_in(room: int) -> Votes:
    """What people think of the messages that are shown, by ids."""
    rows = Stance.objects.filter(message__room=room, message__state=MessageState.SHOWN)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for message, person, value in rows.order_by("message", "person").values_list(
        "message", "person", "value"
    ):
        found[str(message)][str(person)] = _AGREES[StanceValue(value)]
    return found
