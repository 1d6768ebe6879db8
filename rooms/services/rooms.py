"""Making a room, opening it with a complete charter, and setting its mode."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

from django.db import models

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import REASON_LIMIT, TITLE_LIMIT, line, passage
from deliberation.people.actors import Actor
from deliberation.protocol import events
from rooms import access
from rooms.models import Charter, Ground, Influence, Mode, Neighbourhood, Room
from rooms.rights import Action, role_allows

CHARTER_LIMIT = 2000  # characters a field
_ADDRESS = re.compile("[-a-zA-Z0-9_]{1,60}")
END_LIMIT = timedelta(days=3660)
_MODE_FIELDS = ("mode", "mode_reason", "mode_until", "mode_basis", "slow_seconds")


def room_new(
    *,
    actor: Actor,
    neighbourhood: Neighbourhood,
    slug: str,
    title: str,
    charter: Mapping[str, str],
    introduction: str = "",
    attribution: str = "",
) -> Room:
    """A draft that only managers see. Raises Refused, also where the address is taken."""
    if not role_allows(actor.roles, Action.CHARTER):
        raise Refused("not_allowed", gettext_noop("Only a community manager can make a room."))
    if not _ADDRESS.fullmatch(slug):
        raise Refused(
            "bad_address",
            gettext_noop(
                "An address has only letters, digits and hyphens, and at most 60 of them."
            ),
        )
    if Room.objects.filter(slug=slug).exists():
        raise Refused("taken", gettext_noop("There is already a room at this address."))
    heading, promised = line(title, limit=TITLE_LIMIT), _cleaned(charter)
    with writing() as log:
        room = Room.objects.create(
            neighbourhood=neighbourhood,
            slug=slug,
            title=heading,
            introduction=introduction,
            attribution=attribution,
        )
        Charter.objects.create(room=room, **promised)
        log.lock(room.public_stream)
        log.lock(room.staff_stream)
    return room


def room_charter(
    *,
    actor: Actor,
    room: Room,
    charter: Mapping[str, str],
    at: datetime,
    title: str | None = None,
    introduction: str | None = None,
) -> Room:
    """Change what a room promises. An open room's charter stays complete; everyone is told."""
    with writing() as log:
        log.lock(room.public_stream)
        access.require(actor, room, to=Action.CHARTER, at=at)
        wanted = _cleaned(charter)
        heading = room.title if title is None else line(title, limit=TITLE_LIMIT)
        if room.opened_at is not None:
            _require_complete(_with(room.charter, wanted))
        for name, value in wanted.items():
            setattr(room.charter, name, value)
        room.charter.save()
        room.title = heading
        room.introduction = room.introduction if introduction is None else introduction
        room.save(update_fields=["title", "introduction"])
        _announce(log, room, events.RoomChartered, actor=actor, ref=None, at=at)
    return room


def room_open(*, actor: Actor, room: Room, at: datetime) -> Done:
    """Open a draft for everyone. Refused while a field of its charter is empty."""
    with writing() as log:
        head = log.lock(room.public_stream)
        access.require(actor, room, to=Action.CHARTER, at=at)
        _require_complete(room.charter)
        if room.opened_at is not None:
            return Done(head, room.pk)
        room.opened_at = at
        room.save(update_fields=["opened_at"])
        return _announce(log, room, events.RoomChartered, actor=actor, ref=None, at=at)


def room_mode(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    mode: str,
    at: datetime,
    reason: str = "",
    until: datetime | None = None,
    slow_seconds: int = 0,
    basis: str = "",
) -> Done:
    """Every mode but `open` needs a reason and an end in the future. Reading first needs its legal
    basis; slow may have its seconds, and finds its own pace without them."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        access.require(actor, room, to=Action.MODE, at=at)
        wanted = Mode(mode)
        if wanted == Mode.OPEN:
            reason, until = "", None
        else:
            reason = line(reason, limit=REASON_LIMIT)
            require_end(until, at=at)
            _require_seconds(wanted, slow_seconds)
        if wanted != Mode.CHECKED:
            _let_go(room, at=at)
        room.mode, room.mode_reason, room.mode_until = wanted, reason, until
        room.mode_basis = _basis(basis) if wanted == Mode.CHECKED else ""
        room.slow_seconds = slow_seconds if wanted == Mode.SLOW else 0
        room.save(update_fields=_MODE_FIELDS)
        return _announce(log, room, events.RoomModeChanged, actor=actor, ref=ref, at=at)


def modes_expire(*, actor: Actor, at: datetime) -> int:
    """Open every room whose mode has ended, so that the log says so too. Returns how many."""
    ended = list(Room.objects.exclude(mode=Mode.OPEN).filter(mode_until__lte=at))
    return sum(_expire(room, actor=actor, at=at) for room in ended)


def _expire(room: Room, *, actor: Actor, at: datetime) -> bool:
    """False where a manager chose another mode in the meantime."""
    with writing() as log:
        log.lock(room.public_stream)
        now = Room.objects.select_related("neighbourhood", "charter").get(pk=room.pk)
        if now.mode == Mode.OPEN or now.mode_at(at) != Mode.OPEN:
            return False
        room_mode(actor=actor, room=now, ref=uuid4(), mode=Mode.OPEN, at=at)
        return True


def _cleaned(charter: Mapping[str, str]) -> dict[str, str]:
    """The given fields in normal form; in a draft they may be empty. Raises Refused."""
    found = {
        name: passage(charter[name], limit=_field(name).max_length or CHARTER_LIMIT)
        for name in Charter.FIELDS
        if name in charter
    }
    if found.get("influence", "") not in ("", *Influence.values):
        raise Refused(
            "no_influence", gettext_noop("Choose how much influence residents have from the list.")
        )
    return found


def _field(name: str) -> "models.Field[Any, Any]":
    return cast("models.Field[Any, Any]", Charter._meta.get_field(name))


def _with(charter: Charter, wanted: Mapping[str, str]) -> Charter:
    """What the charter would say. The charter itself is left alone: it may still be refused."""
    kept = {name: getattr(charter, name) for name in Charter.FIELDS}
    return Charter(**(kept | dict(wanted)))


def _require_complete(charter: Charter) -> None:
    if missing := charter.missing():
        raise Refused(
            "charter_incomplete",
            gettext_noop("This room can't open yet. Still empty: %(fields)s"),
            values={"fields": [_field(name).verbose_name for name in missing]},
        )


def require_end(until: datetime | None, *, at: datetime) -> None:
    """Whatever takes a right away ends by itself. Raises Refused."""
    if until is None or until <= at:
        raise Refused("no_end", gettext_noop("Choose an end: a date and time in the future."))
    if until - at > END_LIMIT:
        raise Refused("no_end", gettext_noop("Choose an end within ten years from now."))


def _basis(basis: str) -> str:
    if not basis.strip():
        raise Refused(
            "no_basis",
            gettext_noop(
                "Name the law or the order that allows reading first. Residents will see it."
            ),
        )
    return line(basis, limit=REASON_LIMIT)


def _let_go(room: Room, *, at: datetime) -> None:
    """What waited only because everything did waits no longer: the next release shows it."""
    room.messages.filter(ground=Ground.CHECK, until__gt=at).update(until=at)


def _require_seconds(mode: Mode, seconds: int) -> None:
    if mode == Mode.SLOW and seconds and not 5 <= seconds <= 3600:
        raise Refused(
            "no_pace",
            gettext_noop("Choose a pause between messages of 5 seconds to an hour, or none."),
        )


def _announce(
    log: Writing,
    room: Room,
    kind: Callable[..., events.AnyEvent],
    *,
    actor: Actor,
    ref: UUID | None,
    at: datetime,
) -> Done:
    event = kind(seq=log.next(room.public_stream), at=at, room=room.view())
    return log.append(room.public_stream, event, actor=actor.id, subject=room.pk, ref=ref)
