"""What stands in the minutes of a meeting: always as it is now."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from deliberation.protocol.shapes import AgreementView, NeedView, PollView
from rooms.attached import attached
from rooms.models import (
    IN_HALL,
    AgendaPoint,
    ItemState,
    Meeting,
    Message,
    MessageState,
    Origin,
    PollState,
    Turn,
)


@dataclass(frozen=True)
class Share:
    """How much came from the hall, and how much from online."""

    hall: int
    online: int

    @property
    def of_hall(self) -> float | None:
        """0 to 1; None while there was nothing."""
        total = self.hall + self.online
        return self.hall / total if total else None


@dataclass(frozen=True)
class Minutes:
    """`needs`: those that came on the agenda since the meeting began, from the conversations it
    was about, as they are now. `shown`: messages that were on the screens."""

    points: list[AgendaPoint]
    agreements: list[AgreementView]
    polls: list[PollView]
    needs: list[NeedView]
    shown: list[Message]
    messages: Share
    turns: Share


def minutes(meeting: Meeting, *, at: datetime) -> Minutes:
    return Minutes(
        points=list(meeting.points.select_related("thread")),
        agreements=[one.view() for one in meeting.agreements.all()],
        polls=[poll.view() for poll in meeting.polls.filter(state=PollState.CLOSED)],
        needs=_needs(meeting, at=at),
        shown=_on_the_screens(meeting),
        messages=messages_share(meeting, at=at),
        turns=_turns(meeting),
    )


def messages_share(meeting: Meeting, *, at: datetime) -> Share:
    """Messages of residents during the meeting, until now. Staff are not counted: they ask and
    answer."""
    residents = _written(meeting, at=at).filter(Q(author=None) | Q(author__roles=[]))
    found = residents.aggregate(hall=Count("pk", filter=Q(origin__in=IN_HALL)), every=Count("pk"))
    return Share(found["hall"], found["every"] - found["hall"])


def _written(meeting: Meeting, *, at: datetime) -> QuerySet[Message]:
    if meeting.opened_at is None:
        return Message.objects.none()
    during = Q(at__gte=meeting.opened_at, at__lte=meeting.closed_at or at)
    said = Message.objects.exclude(state__in=[MessageState.RETRACTED, MessageState.ERASED])
    return said.filter(during, room=meeting.room_id).exclude(origin=Origin.IMPORT)


def _turns(meeting: Meeting) -> Share:
    spoken = meeting.turns.exclude(started_at=None)
    found = spoken.aggregate(
        hall=Count("pk", filter=Q(where=Turn.Where.HALL)),
        online=Count("pk", filter=Q(where=Turn.Where.ONLINE)),
    )
    return Share(found["hall"], found["online"])


def _on_the_screens(meeting: Meeting) -> list[Message]:
    """What a manager put there or called answered, in the order in which it was written."""
    shown = meeting.items.filter(state__in=[ItemState.ON_SCREEN, ItemState.ANSWERED])
    messages = Message.objects.filter(pk__in=shown.values("message")).select_related("author")
    return list(messages.order_by("seq"))


def _needs(meeting: Meeting, *, at: datetime) -> list[NeedView]:
    if meeting.opened_at is None:
        return []
    talked = set(_written(meeting, at=at).values_list("thread", flat=True))
    planned = set(meeting.points.exclude(thread=None).values_list("thread", flat=True))
    raised = attached.since(meeting.room.neighbourhood_id, meeting.opened_at)
    return [need for need in raised if need.title and (talked | planned) & set(need.threads)]
