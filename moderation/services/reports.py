"""Someone says that a message is not right: a case for the managers, and a receipt for them."""

from datetime import datetime, timedelta
from uuid import UUID

from deliberation.eventlog.log import writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import REASON_LIMIT, passage
from deliberation.people.actors import Actor
from deliberation.people.models import Person
from moderation.grounds import ground as known_ground
from moderation.models import Case, Report
from moderation.risk import CROWD, ESTABLISHED
from rooms import access
from rooms.models import Message, MessageState, Room
from rooms.rights import Action

from .cases import changed, opened_about, weigh

MOST = 10  # reports of one person
WITHIN = timedelta(hours=1)


def message_report(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    message: int,
    ground: str,
    words: str = "",
    at: datetime,
) -> Done:
    """Tell the managers that a message is not right; the id that is done is the report's.

    Telling it twice while nobody decided changes nothing more.
    """
    with writing() as log:
        if done := log.done(room.staff_stream, actor.id, ref):
            return Done(done.seq, _of(actor, message).pk)
        access.require(actor, room, to=Action.REPORT, at=at)
        found = access.message_for(room, message)
        _require_reportable(actor, found)
        known_ground(ground)
        said = passage(words, limit=REASON_LIMIT)
        if known := _known(actor, found):
            return Done(log.lock(room.staff_stream), known.pk)
        case = opened_about(found, ground, at=at)
        established = _is_established(actor, at=at)
        _require_pace(actor, case, established=established, at=at)
        case.save()
        report = Report.objects.create(
            case=case,
            person_id=actor.id,
            ground=ground,
            words=said,
            established=established,
            at=at,
        )
        weigh(case)
        done = changed(log, room, case, actor=actor, ref=ref, at=at)
        return Done(done.seq, report.pk)


def _of(actor: Actor, message: int) -> Report:
    return Report.objects.filter(person=actor.id, case__message=message).latest("pk")


def _require_reportable(actor: Actor, message: Message) -> None:
    if not message.is_shown:
        raise Refused("gone", gettext_noop("This message is no longer shown."))
    if message.author_id == actor.id:
        raise Refused("yours", gettext_noop("This is your own message. You can take it back."))


def _known(actor: Actor, message: Message) -> Report | None:
    """What this person told of it before, as long as nobody decided. Raises Refused after that."""
    mine = Report.objects.filter(person=actor.id, case__message=message).select_related("case")
    last = mine.order_by("-pk").first()
    if last is not None and last.case.closed_at is not None:
        raise Refused(
            "reported",
            gettext_noop(
                "You reported this before and it was looked at. You can ask for another look."
            ),
        )
    return last


def _is_established(actor: Actor, *, at: datetime) -> bool:
    """Staff, and who is here for a week and wrote something that still stands."""
    if actor.is_staff:
        return True
    wrote = Message.objects.filter(author=actor.id, state=MessageState.SHOWN)
    joined = Person.objects.filter(pk=actor.person, joined_at__lte=at - ESTABLISHED)
    return joined.exists() and wrote.exists()


def _require_pace(actor: Actor, case: Case, *, established: bool, at: datetime) -> None:
    """One person can't flood the managers, nor can a crowd of new people."""
    mine = Report.objects.filter(person=actor.id, at__gt=at - WITHIN)
    if not actor.is_staff and mine.count() >= MOST:
        raise Refused(
            "too_fast",
            gettext_noop("You reported %(count)s messages in an hour. Wait a while, or mail us."),
            values={"count": MOST},
        )
    crowd = case.reports.filter(established=False).count() if case.pk else 0
    if not established and crowd >= CROWD:
        raise Refused(
            "enough",
            gettext_noop("Many people reported this already. A community manager looks at it."),
        )
