"""Commands to services, on a database thread: one transaction per batch.

A refused command writes nothing, so the others go on. Where the database itself fails, the
batch is rolled back and each command tried alone; whoever still fails is told that nothing
was stored, and may try again with the same `ref`.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
    close_old_connections,
)
from msgspec.structs import asdict

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.clock import Clock
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import VISITOR, Actor, actors
from deliberation.protocol.commands import AnyCommand, MessagePost
from rooms import access
from rooms.models import Room

from . import goodbyes

_log = structlog.get_logger(__name__)
OUT_OF_REACH = (OperationalError, InterfaceError, InternalError)
_OUR_FAULT = (DataError, ProgrammingError, NotSupportedError)  # trying again does not help
Service = Callable[..., Done]
Services = Mapping[type[AnyCommand], Service]
Work = tuple[int, AnyCommand]


@dataclass(frozen=True)
class _Kept:
    """Rows as the last batch left them. They are as good as read again while the stream still
    stands at `mark`: whatever else changes a room or a thread is an event. Kept after posts
    alone, which change nothing but counts."""

    mark: tuple[str, int]
    room: Room
    rows: dict[Hashable, Any]


class Executor:
    """Carries out batches with the given services and clock."""

    def __init__(self, services: Services, clock: Clock) -> None:
        self._services = services
        self._clock = clock
        self._streams: dict[str, str] = {}
        self._kept: dict[str, _Kept] = {}

    def __call__(self, slug: str, batch: list[Work]) -> list[Done | Refused]:
        """An answer for each command, in order. Never raises."""
        try:
            return self._hopefully(slug, batch)
        except Exception as error:
            if len(batch) == 1:
                return [_failed(error)]
            return self._one_by_one(slug, batch)

    def _hopefully(self, slug: str, batch: list[Work]) -> list[Done | Refused]:
        """Nearly every command is new: only where the log says otherwise, look which are not."""
        try:
            return self._together(slug, batch, presume_new=True)
        except IntegrityError:
            return self._together(slug, batch)

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

    def _together(
        self, slug: str, batch: list[Work], *, presume_new: bool = False
    ) -> list[Done | Refused]:
        at, stream = self._clock(), self._stream(slug)
        before = self._kept.pop(slug, None)
        with writing(defer=True) as log:
            log.lock(stream)
            if before and before.mark == log.mark(stream):
                room, log.rows = before.room, before.rows
            else:
                room = _room(slug)  # as it stands now that nobody else can change it
            people = actors({person for person, _ in batch}, at=at)
            refs = [(person, command.ref) for person, command in batch]
            (log.refs.presume_new if presume_new else log.refs.look_up)(refs)
            answers = [
                self._one(log, people.get(person, VISITOR), room, command, at)
                for person, command in batch
            ]
        if all(isinstance(command, MessagePost) for _, command in batch):
            self._kept[slug] = _Kept(log.mark(stream), room, log.rows)
        return answers

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
            # What is refused now may have been carried out when it came the first time.
            log.refs.look_up([(actor.id, command.ref)])
            return log.refs.done(actor.id, command.ref) or refused


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
