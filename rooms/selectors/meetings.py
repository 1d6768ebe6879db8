"""Meetings as pages need them; a display is known by its token alone."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.protocol.shapes import MeetingView
from rooms.codes import tidy
from rooms.models import (
    IN_HALL,
    ItemState,
    Meeting,
    MeetingPhase,
    Message,
    MessageState,
    Origin,
    Room,
    Screen,
)
from rooms.services.meetings import hashed


def running(room: Room) -> list[MeetingView]:
    """Those that are planned or going on, the first one first."""
    found = Meeting.objects.filter(room=room).exclude(phase=MeetingPhase.CLOSED)
    return [one.view() for one in found.prefetch_related("points", "polls")]


def meetings_by_id(ids: set[int]) -> dict[int, MeetingView]:
    found = Meeting.objects.filter(pk__in=ids).prefetch_related("points", "polls") if ids else ()
    return {one.pk: one.view() for one in found}


def meeting_by_code(typed: str) -> Meeting:
    """The meeting with this code that is not over, however the code was typed. Raises Refused."""
    current = Meeting.objects.exclude(phase=MeetingPhase.CLOSED).select_related("room")
    found = current.filter(code=tidy(typed)).first()
    if found is None:
        raise Refused(
            "no_code",
            gettext_noop("No meeting has this code now. Check the six characters on the screen."),
        )
    return found


def screen_by_token(token: str) -> Screen | None:
    """The screen that may still show its meeting; None once it was switched off."""
    screens = Screen.objects.select_related("meeting__room__neighbourhood")
    return screens.filter(token_hash=hashed(token), revoked_at=None).first()


def screens_on(ids: set[int]) -> set[int]:
    """Those of these screens that were not switched off."""
    lit = Screen.objects.filter(pk__in=ids, revoked_at=None)
    return set(lit.values_list("pk", flat=True))


@dataclass(frozen=True)
class Parity:
    """Messages of residents during a meeting: from the hall, and online."""

    hall: int
    online: int

    @property
    def share(self) -> float | None:
        """Of the hall, 0 to 1; None while nobody wrote."""
        total = self.hall + self.online
        return self.hall / total if total else None


def parity(meeting: Meeting, *, at: datetime) -> Parity:
    """Between its beginning and its end, or now. Staff are not counted: they ask and answer."""
    if meeting.opened_at is None:
        return Parity(0, 0)
    during = Q(at__gte=meeting.opened_at, at__lte=meeting.closed_at or at)
    said = Message.objects.exclude(state__in=[MessageState.RETRACTED, MessageState.ERASED])
    written = said.filter(during, room=meeting.room_id).exclude(origin=Origin.IMPORT)
    residents = written.filter(Q(author=None) | Q(author__roles=[]))
    in_hall = Q(origin__in=IN_HALL)
    found = residents.aggregate(hall=Count("pk", filter=in_hall), every=Count("pk"))
    return Parity(found["hall"], found["every"] - found["hall"])


def on_the_screens(meeting: Meeting) -> list[Message]:
    """What a manager put on the screens or called answered, in the order it was written."""
    shown = meeting.items.filter(state__in=[ItemState.ON_SCREEN, ItemState.ANSWERED])
    messages = Message.objects.filter(pk__in=shown.values("message")).select_related("author")
    return list(messages.order_by("seq"))
