"""Carry out a command as a connection does: person and room fresh from the database."""

from collections.abc import Callable
from typing import Any

import pytest

from deliberation.eventlog.refs import Done
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused
from deliberation.people.models import Person
from rooms.models import Room

from .fakes import EVENING
from .given import acting
from .verify import fresh, verify_change

Service = Callable[..., Done]


def do(service: Service, *, by: Person | None, room: Room, **fields: Any) -> Done:
    """`service` with a new `ref` and this evening's time, unless `fields` say otherwise."""
    at = fields.pop("at", EVENING)
    fields.setdefault("ref", new_ref())
    return service(actor=acting(by, at=at), room=fresh(room), at=at, **fields)


def verified(service: Service, *, by: Person | None, room: Room, **fields: Any) -> Done:
    """The same, where it has to change the room and to tell it right."""
    with verify_change(room):
        return do(service, by=by, room=room, **fields)


def refused(
    service: Service, code: str, *, by: Person | None, room: Room, **fields: Any
) -> Refused:
    """The same, where it has to be refused with `code` and to change nothing at all."""
    with verify_change(room, changes=False), pytest.raises(Refused) as caught:
        do(service, by=by, room=room, **fields)
    assert caught.value.code == code
    return caught.value
