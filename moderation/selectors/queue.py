"""The queue: what waits in all rooms, and one case with what one has to know to decide."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max
from django.urls import reverse

from deliberation.people.models import Person
from moderation.criticism import may_be_criticism
from moderation.lifecycle import State
from moderation.models import (
    Act,
    Appeal,
    Case,
    Decision,
    Hearing,
    Note,
    Proposal,
    Report,
    Shift,
    Signal,
)
from rooms.attached import Reported
from rooms.models import Message

CONTEXT = 5  # messages before and after
MOST = 100  # cases in the list; the number of all stands beside it
RECENT = 10
ON_SHIFT = timedelta(minutes=5)
HANDED_OVER = timedelta(days=3)


@dataclass(frozen=True)
class Queue:
    """`cases`: the most urgent first. `late`: how many should have been looked at by now.
    `mark` is another one as soon as anything in it changes."""

    cases: list[Case]
    count: int
    late: int
    appeals: list[Appeal]
    recent: list[Decision]
    notes: list[Note]
    on_shift: list[Person]
    mark: str


@dataclass(frozen=True)
class History:
    """Of who wrote it: since when, how many messages, and what was decided before."""

    author: Person | None
    messages: int
    decisions: list[Decision]


@dataclass(frozen=True)
class Subject:
    """A case with all around it. `taken`: another person looks at it now."""

    case: Case
    reports: list[Report]
    signals: list[Signal]
    before: list[Message]
    after: list[Message]
    history: History
    hearings: list[Hearing]
    notes: list[Note]
    proposal: Proposal | None
    taken: bool
    is_late: bool
    criticism: bool

    @property
    def may_ask(self) -> bool:
        """There is a resident to ask, who does not have a question already."""
        message, author = self.case.message, self.history.author
        waits = any(one.answered_at is None for one in self.hearings)
        return bool(message.body and author and not author.is_staff_member and not waits)

    @property
    def ground(self) -> str:
        """What it is about, as far as anyone said so."""
        if self.proposal is not None:
            return self.proposal.ground
        told = [one.ground for one in self.reports] + [one.ground for one in self.signals]
        return told[0] if told else ""


def queue(person: int, *, at: datetime) -> Queue:
    """All of it, for this person (id)."""
    undecided = Case.objects.undecided().select_related("message__room", "claimed_by")
    cases = list(undecided.annotate(told=Count("reports"))[:MOST])
    return Queue(
        cases=cases,
        count=undecided.count(),
        late=undecided.filter(due_at__lte=at).count(),
        appeals=_appeals(),
        recent=_recent(person),
        notes=_handed_over(at),
        on_shift=_on_shift(at),
        mark=mark(),
    )


def reported(at: datetime) -> Reported:
    """For the desk: how much waits, and the way there."""
    undecided = Case.objects.undecided()
    late = undecided.filter(due_at__lte=at).count()
    return Reported(undecided.count() + Appeal.objects.waiting().count(), late, reverse("queue"))


def mark() -> str:
    """Changes whenever a case or an appeal does. Two small queries."""
    cases = Case.objects.aggregate(last=Max("changed_at"), count=Count("pk"))
    waiting = Appeal.objects.waiting().aggregate(last=Max("pk"), count=Count("pk"))
    last = cases["last"].timestamp() if cases["last"] else 0
    return f"{last:.6f}-{cases['count']}-{waiting['last'] or 0}-{waiting['count']}"


def subject(case: Case, person: int, *, at: datetime) -> Subject:
    """One case, as this person (id) has to see it."""
    message = case.message
    around = Message.objects.filter(thread=message.thread_id).select_related("author")
    before = around.filter(seq__lt=message.seq).order_by("-seq")[:CONTEXT]
    return Subject(
        case=case,
        reports=list(case.reports.select_related("person").order_by("-established", "pk")),
        signals=list(case.signals.order_by("pk")),
        before=list(before)[::-1],
        after=list(around.filter(seq__gt=message.seq).order_by("seq")[:CONTEXT]),
        history=_history(message),
        hearings=list(case.hearings.select_related("by")),
        notes=list(case.notes.select_related("by").order_by("pk")),
        proposal=_proposal(case),
        taken=case.is_claimed_by_another(person, at),
        is_late=case.due_at <= at,
        criticism=may_be_criticism(message.body),
    )


def _proposal(case: Case) -> Proposal | None:
    if case.state != State.SECOND:
        return None
    return case.proposals.select_related("by").order_by("-pk").first()


def _history(message: Message) -> History:
    author = message.author
    if author is None:
        return History(None, 0, [])
    decisions = Decision.objects.about(author.pk).exclude(message=message)
    found = decisions.select_related("room")[:RECENT]
    return History(author, Message.objects.filter(author=author).count(), list(found))


def _appeals() -> list[Appeal]:
    waiting = Appeal.objects.waiting().select_related("decision__room", "person")
    return list(waiting[:MOST])


def _recent(person: int) -> list[Decision]:
    """What this person decided last and can still be turned round."""
    mine = Decision.objects.filter(by=person, act__in=[Act.HIDE, Act.LEAVE], undone_by=None)
    return list(mine.select_related("room", "message__author").order_by("-pk")[:RECENT])


def _handed_over(at: datetime) -> list[Note]:
    notes = Note.objects.filter(case=None, at__gt=at - HANDED_OVER).select_related("by")
    return list(notes.order_by("-pk")[:RECENT])


def _on_shift(at: datetime) -> list[Person]:
    seen = Shift.objects.filter(seen_at__gt=at - ON_SHIFT).select_related("person")
    return [one.person for one in seen.order_by("person__name")]
