"""Rings after commit. Who listens is told what was written; losing a ring loses nothing."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from deliberation.protocol.events import AnyEvent
from deliberation.protocol.replies import TallyNow

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Rung:
    """What one transaction added to one stream, whose last number is now `head`; and the polls
    in which someone voted."""

    stream: str
    head: int
    events: tuple[AnyEvent, ...]
    tallies: tuple[TallyNow, ...]
    polls: frozenset[int] = frozenset()


Listener = Callable[[Rung], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call `listener` after every commit, in the thread that committed."""
    _listeners.append(listener)


def forget(listener: Listener) -> None:
    _listeners.remove(listener)


def ring(rung: Rung) -> None:
    """What is committed stays committed, even where a listener fails."""
    for listener in tuple(_listeners):
        try:
            listener(rung)
        except Exception:
            _log.exception("doorbell.failed")
