"""Commands to services, on a database thread: one transaction per batch.

A refused command writes nothing, so the others go on. Where the database itself fails, the
batch is rolled back and each command tried alone; whoever still fails is told that nothing
was stored, and may try again with the same `ref`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

import structlog
from django.db import (
    DatabaseError,
    DataError,
    InterfaceError,
    InternalError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
    close_old_connections,
)
from msgspec.structs import asdict

from deliberation.eventlog.log import Done, Writing, writing
from deliberation.kernel.clock import Clock
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import VISITOR, Actor, actors
from deliberation.protocol.commands import AnyCommand
from rooms import access
from rooms.models import Room

from . import goodbyes

_log = structlog.get_logger(__name__)
OUT_OF_REACH = (OperationalError, InterfaceError, InternalError)
_OUR_FAULT = (DataError, ProgrammingError, NotSupportedError)  # trying again does not help
Service = Callable[..., Done]
Services = Mapping[type[AnyCommand], Service]
Work = tuple[int, AnyCommand]


class Executor:
    """Carries out batches with the given services and clock."""

    def __init__(self, services: Services, clock: Clock) -> None:
        self._services = services
        self._clock = clock
        self._streams: dict[str, str] = {}

    def __call__(self, slug: str, batch: list[Work]) -> list[Done | Refused]:
        """An answer for each command, in order. Never raises."""
        try:
            return self._together(slug, batch)
        except Exception as error:
            if len(batch) == 1:
                return [_failed(error)]
            return self._one_by_one(slug, batch)

    def _one_by_one(self, slug: str, batch: list[Work]) -> list[Done | Refused]:
        """Once the store is out of reach for one, nobody else waits for it in turn."""
        answers: list[Done | Refused] = []
        lost: Refused | None = None
        for work in batch:
            if lost is not None:
                answers.append(lost)
                continue
            close_old_connections()
            try:
                answers += self._together(slug, [work])
            except Exception as error:
                answers.append(refused := _failed(error))
                lost = refused if isinstance(error, OUT_OF_REACH) else None
        return answers

    def _together(self, slug: str, batch: list[Work]) -> list[Done | Refused]:
        at = self._clock()
        with writing() as log:
            log.lock(self._stream(slug))
            room = _room(slug)  # as it stands now that nobody else can change it
            people = actors({person for person, _ in batch}, at=at)
            log.remember((person, command.ref) for person, command in batch)
            return [
                self._one(log, people.get(person, VISITOR), room, command, at)
                for person, command in batch
            ]

    def _stream(self, slug: str) -> str:
        """The stream to lock; a room's address never changes, so it is looked up once."""
        if slug not in self._streams:
            self._streams[slug] = _room(slug).public_stream
        return self._streams[slug]

    def _one(
        self, log: Writing, actor: Actor, room: Room, command: AnyCommand, at: datetime
    ) -> Done | Refused:
        before = log.count
        try:
            return self._services[type(command)](actor=actor, room=room, at=at, **asdict(command))
        except Refused as refused:
            if log.count != before:
                raise RuntimeError("a service wrote before it refused") from refused
            return refused


def _room(slug: str) -> Room:
    found = Room.objects.filter(slug=slug).first()
    if found is None:
        raise access.no_room()
    return found


def _failed(error: Exception) -> Refused:
    if isinstance(error, Refused):
        return error
    if not isinstance(error, DatabaseError | InterfaceError) or isinstance(error, _OUR_FAULT):
        _log.exception("command.failed")
        return Refused(
            "failed",
            gettext_noop(
                "Something went wrong on our side. Nothing was stored. Your text is kept."
            ),
        )
    _log.error("store.failed", kind=type(error).__name__)
    return goodbyes.unavailable()
