"""Carry out a service of the agenda, and judge what the rooms were told of it."""

from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from deliberation.kernel.refusals import Refused
from deliberation.people.models import Person
from rooms.models import Room
from tests import given
from tests.fakes import EVENING
from tests.verify import listening, verify_change

_T = TypeVar("_T")


def do(service: Callable[..., _T], *, by: Person | None, **fields: Any) -> _T:
    """`service` at this evening's time, unless `fields` say otherwise."""
    at = fields.pop("at", EVENING)
    return service(actor=given.acting(by, at=at), at=at, **fields)


def told(
    service: Callable[..., _T], *rooms: Room, by: Person | None, kinds: list[str], **fields: Any
) -> _T:
    """The same, where each of `rooms` has to hear of it, in events of these kinds."""
    with verify_change(*rooms) as heard:
        found = do(service, by=by, **fields)
    assert [heard[room.pk].kinds for room in rooms] == [kinds] * len(rooms)
    return found


def quietly(service: Callable[..., _T], *, by: Person | None, **fields: Any) -> _T:
    """The same, where nobody is told anything: it never came on the agenda."""
    with listening() as heard:
        found = do(service, by=by, **fields)
    assert not heard
    return found


def refused(
    service: Callable[..., Any], code: str, room: Room, *, by: Person | None, **fields: Any
) -> Refused:
    """The same, where it has to be refused with `code` and to change nothing at all."""
    with verify_change(room, changes=False), pytest.raises(Refused) as caught:
        do(service, by=by, **fields)
    assert caught.value.code == code
    return caught.value
