"""Holding back what may do harm at once: only on few grounds, never for long, and a case each.

A hold ends by itself. Whoever decides before that ends it too.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings

from deliberation.eventlog.log import Writing, writing
from deliberation.kernel.refusals import gettext_noop
from deliberation.people.actors import SYSTEM, Actor
from deliberation.people.roles import badge_of
from moderation.models import Act, Decision, Source
from moderation.screening.seen import Hit, Kind
from moderation.watchlists import screen
from rooms.attached import Held
from rooms.models import Ground, Message, Mode, Room
from rooms.services.messages import hold_shown

from .cases import undecided_about
from .deciding import Facts, decide, undone
from .pointing import point_out
from .showing import show_again

_FIRST = gettext_noop("In this room each message is read first. Legal basis: %(basis)s")


def held(actor: Actor, room: Room, words: str, before: str, at: datetime) -> Held | None:
    """Whether these words wait for a person, where `before` stood there until now.

    Staff are not held back. What was said before already is no reason: someone may have looked.
    """
    if badge_of(actor.roles) is not None:
        return None
    looking = screen(at)
    hits = looking.grave(words)
    known = {hit.key for hit in looking.grave(before)} if hits and before else set()
    fresh = [hit for hit in hits if hit.key not in known]
    if fresh:
        return held_for(fresh, at=at)
    return _read_first(room, at=at) if room.mode_at(at) == Mode.CHECKED else None


def held_for(hits: Sequence[Hit], *, at: datetime) -> Held:
    """A hold for what was found, the gravest first."""
    return _held(hits, until=at + timedelta(minutes=settings.HOLD_MINUTES[hits[0].ground]), at=at)


def _read_first(room: Room, *, at: datetime) -> Held:
    """A hold because everything waits in this room, until that ends at most."""
    assert room.mode_until is not None
    hit = Hit(Kind.FIRST, Ground.CHECK, _FIRST, {"basis": room.mode_basis})
    return _held([hit], until=room.mode_until, at=at)


def _held(hits: Sequence[Hit], *, until: datetime, at: datetime) -> Held:
    ground = hits[0].ground

    def tell(log: Writing, room: Room, message: Message) -> None:
        log.lock(room.staff_stream)
        point_out(log, room, message, hits, at=at)
        decision = Decision(act=Act.HOLD, room=room, message=message, person=message.author, at=at)
        decision.case, decision.source = undecided_about(message), Source.WATCH
        decision.automatic, decision.until = True, until
        decide(log, decision, Facts("", ground), actor=SYSTEM)

    return Held(ground, until, tell)


def message_hold(*, room: Room, message: int, hits: Sequence[Hit], at: datetime) -> None:
    """Hold back what is shown, unless something became of it meanwhile."""
    with writing() as log:
        log.lock(room.public_stream)
        found = Message.objects.select_related("author").get(pk=message)
        if found.is_shown and found.room_id == room.pk:
            hold_shown(log, room, found, held_for(hits, at=at), actor=SYSTEM, ref=None, at=at)


def holds_release(*, at: datetime) -> None:
    """Show again what waited long enough. Idempotent; any process may do it."""
    for message in Message.objects.filter(until__lte=at).select_related("room").order_by("until"):
        _release(message.room, message.pk, at)


def _release(room: Room, message: int, at: datetime) -> None:
    with writing() as log:
        log.lock(room.public_stream)
        found = Message.objects.select_related("author").get(pk=message)
        if found.until is None or found.until > at:
            return
        decision = Decision(act=Act.RESTORE, room=room, message=found, person=found.author, at=at)
        decision.automatic, decision.source = True, Source.WATCH
        decide(log, undone(decision, Act.HOLD), Facts(""), actor=SYSTEM)
        show_again(log, room, found, "", actor=SYSTEM, ref=None, at=at)
