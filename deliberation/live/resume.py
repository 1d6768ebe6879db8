"""Getting a reader up to date: nothing missed, nothing twice, then live."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qs

from deliberation.kernel.text import number
from deliberation.people.actors import actor_by_id
from deliberation.protocol.codec import encode
from deliberation.protocol.events import StreamName
from deliberation.protocol.replies import PollNow, Resume, TallyNow, Welcome
from deliberation.protocol.shapes import Mode, You
from rooms import access, selectors
from rooms.models import Room
from rooms.rights import Action
from rooms.selectors.opening import LIMITS

from .frames import Burst
from .hub import Channel
from .metrics import RESUMES
from .sockets import UNSENT_LIMIT

if TYPE_CHECKING:
    from .connection import Connection

REPLAY_LIMIT = 5000  # events; who missed more takes a fresh snapshot
TALLY_SLACK = timedelta(seconds=5)  # a tally may have been on its way when the line broke


@dataclass(frozen=True)
class Position:
    """What the client already has. `after` is None for a client that asks for nothing older;
    `since` is the last time (seconds, our clock) at which it heard from us."""

    after: int | None
    epoch: str
    staff: bool
    staff_after: int | None
    since: int | None = None

    @classmethod
    def of(cls, query: bytes) -> "Position":
        """From a query string; what is not a number counts as not given."""
        fields = {name: values[-1] for name, values in parse_qs(query.decode("latin1")).items()}
        return cls(
            after=number(fields.get("after")),
            epoch=fields.get("epoch", ""),
            staff=fields.get("staff") == "1",
            staff_after=number(fields.get("staff_after")),
            since=number(fields.get("since")),
        )


def outcome(position: Position, *, head: int, epoch: str) -> Resume:
    """Pure: how a client at `position` gets to `head` of the history named `epoch`."""
    if position.after is None or (position.after == head and position.epoch in ("", epoch)):
        return "current"
    if position.epoch not in ("", epoch) or position.after > head:
        return "resync"
    return "replay" if head - position.after <= REPLAY_LIMIT else "resync"


async def resume(connection: "Connection", position: Position) -> None:
    """Welcome the client, send what it missed, and put it among the live readers."""
    room, live = connection.room, connection.live
    at = live.clock()
    you, mode, connection.banned = await live.database.read(
        _standing, room.slug, connection.visitor.person, at
    )
    await live.reach(room, position.after)
    staff = position.staff and you is not None and you.staff
    how = outcome(position, head=room.public.head, epoch=room.epoch)
    RESUMES.labels(outcome=how).inc()
    connection.send(
        Welcome(
            room=room.slug,
            epoch=room.epoch,
            head=room.public.head,
            staff_head=room.staff.head if staff else None,
            resume=how,
            limits=LIMITS,
            mode=mode,
            you=you,
            at=at,
        )
    )
    after = position.after if how == "replay" else None
    await _replay(connection, room.public, "public", after)
    if staff:
        await _replay(connection, room.staff, "staff", position.staff_after)
    await _now(connection, position.since)


async def _replay(
    connection: "Connection", channel: Channel, stream: StreamName, after: int | None
) -> None:
    """Send the events after `after`, in pages, then join the live readers."""
    cursor = channel.head if after is None else after
    while connection.open and cursor < channel.head:
        recent = channel.recent_after(cursor)
        if recent is not None:
            connection.socket.write(Burst(recent))
            break
        page = await connection.live.events_after(connection.room.slug, cursor, stream=stream)
        # What is newer than the hub's head comes to everyone through the hub.
        page = [event for event in page if event.seq <= channel.head]
        if not page:
            break
        connection.socket.write(Burst([encode(event) for event in page]))
        cursor = page[-1].seq
        await _room_to_write(connection)
    if connection.open:
        channel.join(connection.socket)


async def _room_to_write(connection: "Connection") -> None:
    # A socket has no event for "taken by the network", and this is rare.
    while connection.open and connection.socket.unsent() > UNSENT_LIMIT // 4:  # noqa: ASYNC110
        await asyncio.sleep(0.02)


async def _now(connection: "Connection", since: int | None) -> None:
    """What is not in the log: who is here, and the counts that changed meanwhile."""
    frames = connection.room.welcome_frames()
    if since is not None:
        counts = await connection.live.database.read(_counts, connection.room.slug, since)
        frames += [encode(count) for count in counts]
    connection.socket.write(Burst(frames))


def _standing(slug: str, person: int | None, at: datetime) -> tuple[You | None, Mode, bool]:
    room = Room.objects.get(slug=slug)
    actor = actor_by_id(person, at=at)
    if not access.may(actor, room, Action.READ, at=at):
        raise access.no_room()
    banned = actor.banned_until(slug) is not None
    return access.you(actor, room, at=at), cast("Mode", room.mode_at(at).value), banned


def _counts(slug: str, since: int) -> list[TallyNow | PollNow]:
    moment = datetime.fromtimestamp(since, UTC) - TALLY_SLACK
    tallies = selectors.tallies_since(Room.objects.get(slug=slug), moment)
    return [*tallies, *selectors.polls_now(slug)]
