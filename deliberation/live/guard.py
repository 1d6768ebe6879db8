"""Is everyone who is connected still who they were? One look every few seconds.

Bans, staff and screens are looked at each time. So is everyone else, up to `AT_ONCE`; a larger
crowd takes turns, because reading ten thousand sessions every few seconds costs more than all
heartbeats.
Whoever waits for their turn can read what everyone can read: each command checks rights again.
"""

import asyncio
from bisect import bisect_right
from datetime import datetime
from typing import TYPE_CHECKING

import structlog
from django.contrib.sessions.models import Session

from deliberation.people.actors import Standing, bans_in_force, standings
from rooms.selectors.meetings import screens_on

from .session import Code

if TYPE_CHECKING:
    from .connection import Connection
    from .live import Live
    from .room import LiveRoom

EVERY = 5.0  # seconds
AT_ONCE = 2000  # people, and keys, in one query

_log = structlog.get_logger(__name__)


class Guard:
    """Closes the sockets of who was banned since, and of who is signed out."""

    def __init__(self, live: "Live") -> None:
        self._live = live
        self._after = 0  # the last person whose turn it was

    async def watch(self) -> None:
        """Check for as long as the process lives."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.check()
                for room in list(self._live.rooms.values()):
                    await self.check_displays(room)
            except Exception as error:
                _log.warning("guard.failed", kind=type(error).__name__)

    async def check(self) -> None:
        """One look: everyone's bans, and whether those whose turn it is are still signed in."""
        signed_in = [c for c in self._live.connections() if c.visitor.person is not None]
        if not signed_in:
            return
        due = self._due(signed_in)
        people = {c.visitor.person or 0 for c in due}
        keys = {c.visitor.session for c in due}
        read, at = self._live.database.read, self._live.clock()
        bans, standing, alive = await read(_now, people, keys, at)
        for connection in due:
            _judge(connection, standing.get(connection.visitor.person or 0), alive)
        for connection in signed_in:
            if places := bans.get(connection.visitor.person or 0):
                _judge_ban(connection, places)

    async def check_displays(self, room: "LiveRoom") -> None:
        """Close the screens of this room that were switched off."""
        displays = {c: c.visitor.display.screen for c in room.displays if c.visitor.display}
        if not displays:
            return
        lit = await self._live.database.read(screens_on, set(displays.values()))
        for connection, screen in displays.items():
            if screen not in lit and connection.open:
                connection.bye(Code.SCREEN_OFF)

    def _due(self, signed_in: "list[Connection]") -> "list[Connection]":
        people = sorted({c.visitor.person or 0 for c in signed_in})
        start = bisect_right(people, self._after)
        turn = people[start : start + AT_ONCE]
        # By number, not by place in the list: who leaves meanwhile makes nobody miss their turn.
        self._after = turn[-1] if start + AT_ONCE < len(people) else 0
        now = set(turn)
        return [c for c in signed_in if c.visitor.person in now or c.hears_staff]


def _judge(connection: "Connection", standing: Standing | None, alive: set[str]) -> None:
    visitor = connection.visitor
    if standing is None or standing.era != visitor.era or visitor.session not in alive:
        connection.bye(Code.SIGNED_OUT, retry_after=0.5)
    elif not standing.is_staff:
        connection.room.staff.sockets.discard(connection.socket)


def _judge_ban(connection: "Connection", places: set[str]) -> None:
    here = not places.isdisjoint(("", connection.room.slug))
    if here and connection.open and not connection.banned:
        connection.bye(Code.BANNED)


def _now(
    people: set[int], keys: set[str], at: datetime
) -> tuple[dict[int, set[str]], dict[int, Standing], set[str]]:
    sessions = Session.objects.filter(session_key__in=keys, expire_date__gt=at)
    alive = set(sessions.values_list("session_key", flat=True))
    return bans_in_force(at), standings(people), alive
