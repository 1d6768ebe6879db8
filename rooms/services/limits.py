"""What keeps one conversation in balance for a while. Staff are not limited: they ask."""

from datetime import datetime

from django.utils import timezone

from deliberation.eventlog.log import Writing
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import ended
from deliberation.people.actors import Actor
from deliberation.people.roles import badge_of
from deliberation.protocol.shapes import ThreadLimits
from rooms.models import Thread


def in_force(actor: Actor, thread: Thread, *, at: datetime) -> ThreadLimits | None:
    """The limits that this person has in this conversation now."""
    return thread.limits_at(at) if badge_of(actor.roles) is None else None


def require(
    log: Writing, actor: Actor, thread: Thread, words: str, reply_to: int | None, *, at: datetime
) -> None:
    """Hold the room's lock. Raises Refused."""
    found = in_force(actor, thread, at=at)
    if found is None:
        return
    if found.answers_to is not None and reply_to != found.answers_to:
        raise Refused(
            "answers_only",
            gettext_noop(
                "For now you only answer one question here: %(reason)s Press Reply below it. "
                "Your text is kept."
            ),
            values=_values(found),
        )
    require_length(actor, thread, words, at=at)
    if found.daily is not None and _today(log, actor, thread, at) >= found.daily:
        raise Refused(
            "enough_today",
            gettext_noop(
                "You wrote %(limit)s messages here today. That is enough for now: %(reason)s "
                "Tomorrow you can write again. Your text is kept."
            ),
            values=_values(found) | {"limit": found.daily},
        )


def require_length(actor: Actor, thread: Thread, words: str, *, at: datetime) -> None:
    """Raises Refused."""
    found = in_force(actor, thread, at=at)
    if found is not None and found.length is not None and len(words) > found.length:
        raise Refused(
            "too_long_here",
            gettext_noop(
                "A message here has at most %(limit)s characters for now: %(reason)s "
                "Your text is kept. Make it shorter."
            ),
            values=_values(found) | {"limit": found.length},
        )


def _today(log: Writing, actor: Actor, thread: Thread, at: datetime) -> int:
    log.settle()
    start = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return thread.messages.filter(author_id=actor.id, at__gte=start).count()


def _values(found: ThreadLimits) -> dict[str, object]:
    return {"reason": ended(found.reason)}
