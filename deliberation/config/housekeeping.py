"""What has to happen by itself: modes end, plans start, people are told, sessions expire."""

import threading
import time
from collections.abc import Callable

import structlog
from django.contrib.sessions.models import Session
from django.db import close_old_connections

from deliberation.agenda.reminding import reminders_send
from deliberation.kernel.clock import Clock, now
from deliberation.people.actors import SYSTEM
from moderation import ledger
from moderation.services.holding import holds_release
from rooms.notices.digest import digests_send
from rooms.notices.following import notices_follow
from rooms.notices.push.sending import push_send
from rooms.services import modes_expire, starters_start

EVERY = 20.0  # seconds

_log = structlog.get_logger(__name__)


def tidy(clock: Clock = now) -> None:
    """One round. Idempotent; any process may do it."""
    at = clock()
    holds_release(at=at)
    modes_expire(actor=SYSTEM, at=at)
    starters_start(at=at)
    notices_follow(at=at)
    push_send(at=at)
    reminders_send(at=at)
    digests_send(at=at)
    ledger.publish(at)
    Session.objects.filter(expire_date__lt=at).delete()


def release(clock: Clock = now) -> None:
    """What may not wait for a worker that is away: no hold is longer than was promised."""
    holds_release(at=clock())


def tidy_forever() -> None:
    """In the worker: rounds until the process ends."""
    _forever(tidy)


def start_tidying() -> None:
    """The same, beside what the process does else."""
    _start(tidy)


def start_releasing() -> None:
    """In every process that serves: the holds end, whoever is away."""
    _start(release)


def _start(again: Callable[[], None]) -> None:
    threading.Thread(target=_forever, args=[again], name="housekeeping", daemon=True).start()


def _forever(again: Callable[[], None]) -> None:
    """A failed round is tried again in the next."""
    while True:
        try:
            again()
        except Exception as error:
            _log.warning("housekeeping.failed", kind=type(error).__name__)
        finally:
            close_old_connections()
        time.sleep(EVERY)
