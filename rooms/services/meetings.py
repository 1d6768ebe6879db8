"""Planning a meeting, and what the screens in the hall show."""

import random
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

import msgspec

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import TITLE_LIMIT, line
from deliberation.people.actors import Actor
from deliberation.protocol import events
from deliberation.protocol.shapes import Scene
from rooms import access
from rooms.codes import new_code
from rooms.models import (
    AgendaPoint,
    Item,
    ItemState,
    Meeting,
    MeetingPhase,
    PollState,
    Room,
    Screen,
    Screening,
)
from rooms.rights import Action

LONGEST = timedelta(hours=12)
MOST_POINTS = 20
DELAYS = range(5, 16)  # seconds
MOST_SCREENS = 20


@dataclass(frozen=True)
class Point:
    """A point of the agenda as it is planned; `thread` is a conversation of the room, by id."""

    title: str
    minutes: int = 0
    thread: int | None = None


def meeting_plan(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    title: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    points: Sequence[Point],
    at: datetime,
    rng: random.Random | None = None,
) -> Done:
    """A meeting about this room. `id` is the meeting's."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        access.require(actor, room, to=Action.MEETING_PLAN, at=at)
        if room.opened_at is None:
            raise Refused("not_open", gettext_noop("Open the room first. Then plan a meeting."))
        heading, where = line(title, limit=TITLE_LIMIT), line(place, limit=TITLE_LIMIT)
        _require_times(starts_at, ends_at, at=at)
        planned = [_point(room, number, one) for number, one in enumerate(points, 1)]
        if len(planned) > MOST_POINTS:
            raise Refused(
                "too_many",
                gettext_noop("An agenda has at most %(most)s points."),
                values={"most": MOST_POINTS},
            )
        log.lock(room.public_stream)
        meeting = Meeting.objects.create(
            room=room,
            title=heading,
            place=where,
            starts_at=starts_at,
            ends_at=ends_at,
            lead_id=actor.id,
            code=_free_code(rng or secrets.SystemRandom()),
        )
        for point in planned:
            point.meeting = meeting
        AgendaPoint.objects.bulk_create(planned)
        return announce_meeting(log, meeting, events.MeetingPlanned, actor=actor, ref=ref, at=at)


def meeting_open(*, actor: Actor, room: Room, ref: UUID, meeting: int, at: datetime) -> Done:
    """The evening begins. A meeting that was closed by mistake can be opened again."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = meeting_for(log, actor, room, meeting, to=Action.MEETING_PLAN, at=at)
        if found.phase == MeetingPhase.CLOSED:
            found.code = _free_code(secrets.SystemRandom())
        found.phase, found.closed_at = MeetingPhase.OPEN, None
        found.opened_at = found.opened_at or at
        found.save()
        return announce_meeting(log, found, events.MeetingOpened, actor=actor, ref=ref, at=at)


def meeting_close(*, actor: Actor, room: Room, ref: UUID, meeting: int, at: datetime) -> Done:
    """The evening is over; its page stays. The code leads nowhere any more."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = meeting_for(log, actor, room, meeting, to=Action.MEETING_PLAN, at=at)
        if found.phase != MeetingPhase.OPEN:
            raise Refused(
                "not_running", gettext_noop("This meeting is not going on. Open it first.")
            )
        found.phase, found.closed_at, found.scene = MeetingPhase.CLOSED, at, {"kind": "welcome"}
        found.floor_open = False
        found.save()
        found.turns.filter(started_at=None).delete()
        found.turns.filter(ended_at=None).update(ended_at=at)
        for poll in found.polls.filter(state=PollState.OPEN):
            poll.close(at=at)
        return announce_meeting(log, found, events.MeetingClosed, actor=actor, ref=ref, at=at)


def meeting_show(
    *, actor: Actor, room: Room, ref: UUID, meeting: int, scene: Scene, at: datetime
) -> Done:
    """Have the screens show this. Whatever was blank is not any more."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.MEETING_SHOW, at=at)
        _require_there(found, scene)
        found.scene, found.blank = msgspec.to_builtins(scene), False
        if scene.message is not None:
            _sort(found, scene.message, ItemState.ON_SCREEN)
        found.save()
        return announce_meeting(log, found, events.MeetingShown, actor=actor, ref=ref, at=at)


def meeting_blank(
    *, actor: Actor, room: Room, ref: UUID, meeting: int, blank: bool, at: datetime
) -> Done:
    """Nothing on any screen, at once; or again what was there."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.MEETING_BLANK, at=at)
        found.blank = blank
        found.save(update_fields=["blank"])
        return announce_meeting(log, found, events.MeetingShown, actor=actor, ref=ref, at=at)


def meeting_sort(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    meeting: int,
    message: int,
    state: str | None,
    at: datetime,
) -> Done:
    """What becomes of a message for the screen (`ItemState`); None: it is new again."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.MEETING_SORT, at=at)
        about = access.message_for(room, message)
        _sort(found, about.pk, ItemState(state) if state else None)
        return announce_meeting(log, found, events.MeetingShown, actor=actor, ref=ref, at=at)


def meeting_screening(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    meeting: int,
    screening: str,
    delay: int,
    names: bool,
    at: datetime,
) -> Done:
    """How messages get on the screens: after `delay` seconds, or one by one; and whose names."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.MEETING_SCREENING, at=at)
        require_seconds(delay, DELAYS, code="bad_delay")
        found.screening, found.delay, found.names = Screening(screening), delay, names
        found.save(update_fields=["screening", "delay", "names"])
        return announce_meeting(log, found, events.MeetingShown, actor=actor, ref=ref, at=at)


def screen_new(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    meeting: int,
    name: str,
    at: datetime,
    use: str = Screen.Use.WALL,
) -> tuple[Screen, str]:
    """A screen or a tablet, and its token: kept nowhere, so only told now."""
    with writing() as log:
        if log.done(room.public_stream, actor.id, ref):
            raise Refused(
                "made",
                gettext_noop("This screen was added already. Its address is told only once."),
            )
        found = current_meeting(log, actor, room, meeting, to=Action.MEETING_PLAN, at=at)
        if found.displays.filter(revoked_at=None).count() >= MOST_SCREENS:
            raise Refused(
                "too_many",
                gettext_noop("A meeting has at most %(most)s screens. Switch one off first."),
                values={"most": MOST_SCREENS},
            )
        token = secrets.token_urlsafe(16)
        screen = Screen.objects.create(
            meeting=found,
            name=line(name, limit=60),
            use=Screen.Use(use),
            token_hash=hashed(token),
            made_by_id=actor.id,
            made_at=at,
        )
        _count_screens(found)
        announce_meeting(log, found, events.MeetingShown, actor=actor, ref=ref, at=at)
        return screen, token


def screen_revoke(*, actor: Actor, room: Room, ref: UUID, screen: int, at: datetime) -> Done:
    """Switch a screen off for good, wherever its token went."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = Screen.objects.filter(pk=screen, meeting__room=room).first()
        if found is None:
            raise Refused("no_screen", gettext_noop("There is no such screen in this room."))
        meeting = meeting_for(log, actor, room, found.meeting_id, to=Action.MEETING_PLAN, at=at)
        found.revoked_at = found.revoked_at or at
        found.save(update_fields=["revoked_at"])
        _count_screens(meeting)
        return announce_meeting(log, meeting, events.MeetingShown, actor=actor, ref=ref, at=at)


def hashed(token: str) -> str:
    """What is kept of a token. It is random and long, so a plain hash is enough."""
    return sha256(token.encode()).hexdigest()


def meeting_for(
    log: Writing, actor: Actor, room: Room, meeting: int, *, to: Action, at: datetime
) -> Meeting:
    """A meeting of this room as it stands now, for who may do `to`. Raises Refused."""
    access.require(actor, room, to=to, at=at)
    log.lock(room.public_stream)
    log.settle()  # a message of the same batch may be what the scene is about
    return access.meeting_for(room, meeting)


def current_meeting(
    log: Writing, actor: Actor, room: Room, meeting: int, *, to: Action, at: datetime
) -> Meeting:
    """The same, while it is not over. Raises Refused."""
    found = meeting_for(log, actor, room, meeting, to=to, at=at)
    if found.phase == MeetingPhase.CLOSED:
        raise Refused("over", gettext_noop("This meeting is over. Open it again first."))
    return found


def require_seconds(seconds: int, among: range, *, code: str) -> None:
    """Raises Refused with this code."""
    if seconds not in among:
        raise Refused(
            code,
            gettext_noop("Choose %(least)s to %(most)s seconds."),
            values={"least": among[0], "most": among[-1]},
        )


def announce_meeting(
    log: Writing,
    meeting: Meeting,
    kind: Callable[..., events.AnyEvent],
    *,
    actor: Actor,
    ref: UUID,
    at: datetime,
) -> Done:
    stream = meeting.room.public_stream
    event = kind(seq=log.next(stream), at=at, meeting=meeting.view())
    return log.append(stream, event, actor=actor.id, subject=meeting.pk, ref=ref)


def _require_times(starts_at: datetime, ends_at: datetime, *, at: datetime) -> None:
    if ends_at <= at:
        raise Refused(
            "past", gettext_noop("This moment is over. Choose one that is still to come.")
        )
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        raise Refused("bad_end", gettext_noop("A meeting ends after it begins, within 12 hours."))


def _point(room: Room, number: int, point: Point) -> AgendaPoint:
    thread = access.thread_for(room, point.thread) if point.thread is not None else None
    title = line(point.title, limit=TITLE_LIMIT)
    return AgendaPoint(place=number, title=title, minutes=point.minutes, thread=thread)


def _require_there(meeting: Meeting, scene: Scene) -> None:
    """What a scene is about is in this room and can be shown. Raises Refused."""
    room = meeting.room
    if scene.thread is not None:
        access.thread_for(room, scene.thread)
    if scene.poll is not None and not meeting.polls.filter(pk=scene.poll).exists():
        raise _no_scene()
    if scene.message is not None and not access.message_for(room, scene.message).is_shown:
        raise Refused(
            "not_shown",
            gettext_noop("This message is not shown any more, so it can't be on the screen."),
        )
    asks = {"thread": ("thread",), "words": ("thread",), "message": ("message",), "poll": ("poll",)}
    about = {"thread": scene.thread, "message": scene.message, "poll": scene.poll}
    given = tuple(name for name, what in about.items() if what is not None)
    if given != asks.get(scene.kind, ()):
        raise _no_scene()


def _no_scene() -> Refused:
    return Refused("no_scene", gettext_noop("This scene is not there any more. Reload the page."))


def _sort(meeting: Meeting, message: int, state: ItemState | None) -> None:
    if state is None:
        meeting.items.filter(message=message).delete()
    else:
        Item.objects.update_or_create(
            meeting=meeting, message_id=message, defaults={"state": state}
        )


def _count_screens(meeting: Meeting) -> None:
    lit = meeting.displays.filter(revoked_at=None, use=Screen.Use.WALL)
    meeting.screens = lit.count()
    meeting.save(update_fields=["screens"])


def _free_code(rng: random.Random) -> str:
    while True:
        code = new_code(rng)
        if not Meeting.objects.filter(code=code).exclude(phase=MeetingPhase.CLOSED).exists():
            return code
