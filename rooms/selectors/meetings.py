"""Meetings as pages need them; a display is known by its token alone."""

from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.protocol.shapes import MeetingView
from rooms.codes import tidy
from rooms.models import (
    Meeting,
    MeetingPhase,
    Room,
    Screen,
)
from rooms.services.meetings import hashed

_WITH = ("points", "polls", "agreements")


def running(room: Room) -> list[MeetingView]:
    """Those that are planned or going on, the first one first."""
    found = Meeting.objects.filter(room=room).exclude(phase=MeetingPhase.CLOSED)
    return [one.view() for one in found.prefetch_related(*_WITH)]


def meetings_by_id(ids: set[int]) -> dict[int, MeetingView]:
    found = Meeting.objects.filter(pk__in=ids).prefetch_related(*_WITH) if ids else ()
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


def screen_by_token(token: str, *, use: str = Screen.Use.WALL) -> Screen | None:
    """The screen, or tablet, of a meeting; None once it was switched off."""
    screens = Screen.objects.select_related("meeting__room__neighbourhood").filter(use=use)
    return screens.filter(token_hash=hashed(token), revoked_at=None).first()


def screens_on(ids: set[int]) -> set[int]:
    """Those of these screens that were not switched off."""
    lit = Screen.objects.filter(pk__in=ids, revoked_at=None)
    return set(lit.values_list("pk", flat=True))
