"""Room for everyone in a conversation: limits for a while, and a question to who is silent."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from deliberation.eventlog.log import writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import MESSAGE_LIMIT, REASON_LIMIT, line
from deliberation.people.actors import Actor
from deliberation.people.models import Person
from deliberation.protocol import events
from rooms import access
from rooms.models import Message, Notice, NoticeKind, Room, Thread
from rooms.notices.following import one_at_a_time
from rooms.rights import Action

from . import locked
from .rooms import require_end
from .threads import announce

AGAIN_AFTER = timedelta(days=7)  # nobody is asked more often
LEAST_LENGTH = 50  # characters; less is no sentence
MOST_DAILY = 100


def thread_limit(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    thread: int,
    at: datetime,
    daily: int | None = None,
    length: int | None = None,
    answers_to: int | None = None,
    reason: str = "",
    until: datetime | None = None,
) -> Done:
    """Limit what one person says here, until some time and for a reason that all can read.
    Without any limit there is none any more. `answers_to` is a message of staff in it."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        access.require(actor, room, to=Action.THREAD_LIMIT, at=at)
        found = locked.open_thread(log, room, thread)
        if any(one is not None for one in (daily, length, answers_to)):
            _require_limits(daily, length)
            question = _question(room, found, answers_to) if answers_to is not None else None
            found.limits_reason = line(reason, limit=REASON_LIMIT)
            require_end(until, at=at)
        else:
            question, until, found.limits_reason = None, None, ""
        found.daily_limit, found.length_limit = daily, length
        found.answers_to, found.limits_until = question, until
        found.save()
        return announce(log, room, events.ThreadLimited, found, actor=actor, ref=ref, at=at)


def _require_limits(daily: int | None, length: int | None) -> None:
    if daily is not None and not 1 <= daily <= MOST_DAILY:
        raise Refused(
            "bad_limit",
            gettext_noop("Choose 1 to %(most)s messages a day."),
            values={"most": MOST_DAILY},
        )
    if length is not None and not LEAST_LENGTH <= length <= MESSAGE_LIMIT:
        raise Refused(
            "bad_limit",
            gettext_noop("Choose %(least)s to %(most)s characters."),
            values={"least": LEAST_LENGTH, "most": MESSAGE_LIMIT},
        )


def _question(room: Room, thread: Thread, message: int) -> Message:
    found = access.message_for(room, message)
    asked_by_staff = found.author is not None and bool(found.author.roles)
    if found.thread_id != thread.pk or not found.is_shown or not asked_by_staff:
        raise Refused(
            "no_question",
            gettext_noop("Choose a question in this conversation, of the manager or an official."),
        )
    return found


def silent(thread: Thread, *, at: datetime) -> list[Person]:
    """Residents who gave their opinion here, but said nothing, and were not asked lately."""
    asked = Notice.objects.filter(kind=NoticeKind.INVITED, at__gt=at - AGAIN_AFTER)
    people = Person.objects.filter(stances__message__thread=thread, is_active=True, roles=[])
    people = people.exclude(Q(messages__thread=thread) | Q(notices__in=asked))
    return list(people.distinct().order_by("pk"))


def silent_invite(*, actor: Actor, room: Room, thread: int, message: int, at: datetime) -> int:
    """Ask those who are silent in private what they think of a message. Returns how many."""
    with writing() as log:
        access.require(actor, room, to=Action.THREAD_LIMIT, at=at)
        found = locked.open_thread(log, room, thread)
        about = access.message_for(room, message)
        if about.thread_id != found.pk or not about.is_shown:
            raise Refused("no_message", gettext_noop("Choose a message of this conversation."))
        one_at_a_time()
        people = [one for one in silent(found, at=at) if one.pk != about.author_id]
        Notice.objects.bulk_create(
            [Notice(person=one, message=about, kind=NoticeKind.INVITED, at=at) for one in people],
            ignore_conflicts=True,
        )
        return len(people)
