"""Which answers are owed, to whom, and what else waits for who answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from deliberation.agenda.models import Contest, Need, NeedState, Response
from deliberation.agenda.models.need import NeedQuerySet
from deliberation.people.models import Person
from deliberation.people.roles import Role

from .words import titles


@dataclass(frozen=True)
class Entry:
    """A need at the desk. `days`: until the due date; below 0 the answer is late.

    `draft`: the answer that is being written, if there is one.
    """

    need: Need
    title: str
    days: int
    draft: Response | None = None

    @property
    def days_late(self) -> int:
        return max(0, -self.days)


@dataclass(frozen=True)
class Pile:
    """What waits for one official: answers by due date, drafts of others to read, promises that
    are not kept yet, and what residents say is not right."""

    mine: list[Entry]
    unassigned: list[Entry]
    others: list[Entry]
    to_read: list[Entry]
    promised: list[Entry]
    contests: list[Contest]


def pile(person: int, *, at: datetime) -> Pile:
    """What the desk of this person shows."""
    return Pile(
        mine=entries(_asked().filter(owner=person), at=at),
        unassigned=entries(_asked().filter(owner=None), at=at),
        others=entries(_asked().exclude(owner=None).exclude(owner=person), at=at),
        to_read=entries(_to_read(person), at=at),
        promised=entries(_promised(), at=at),
        contests=list(contests_open()),
    )


def overdue(neighbourhood: int, *, at: datetime) -> list[Entry]:
    """Needs of a neighbourhood whose answer is late; the longest first."""
    today = timezone.localtime(at).date()
    return entries(_asked().of(neighbourhood).filter(due_on__lt=today), at=at)


def due_within(span: timedelta, *, at: datetime) -> list[Entry]:
    """Everywhere: what is due within so many days, and what is late already."""
    until = timezone.localtime(at).date() + span
    return entries(_asked().filter(due_on__lte=until), at=at)


def entries(needs: NeedQuerySet, *, at: datetime) -> list[Entry]:
    """With their titles, by due date; as many queries for a hundred as for one."""
    found = list(needs.select_related("neighbourhood", "owner").order_by("due_on", "pk"))
    title, today = titles([need.pk for need in found]), timezone.localtime(at).date()
    drafts = _drafts(found)
    return [
        Entry(
            need=need,
            title=title.get(need.pk) or str(need.kenmerk),
            days=((need.due_on or today) - today).days,
            draft=drafts.get(need.pk),
        )
        for need in found
    ]


def contests_open() -> list[Contest]:
    """What residents say is missing or not right, without an answer yet; the oldest first."""
    waiting = Contest.objects.filter(answered_at=None).exclude(need__kenmerk=None)
    return list(waiting.select_related("need", "sentence").order_by("at", "pk"))


def officials() -> list[Person]:
    """Who answers: officials; where there are none, administrators."""
    staff = list(Person.objects.filter(is_active=True).exclude(roles=[]).order_by("name", "pk"))
    found = [person for person in staff if Role.OFFICIAL in person.role_set]
    return found or [person for person in staff if Role.ADMINISTRATOR in person.role_set]


def _asked() -> NeedQuerySet:
    return Need.objects.filter(state=NeedState.ASKED)


def _promised() -> NeedQuerySet:
    """Answered, while the work is not done."""
    return Need.objects.filter(state__in=[NeedState.ANSWERED, NeedState.UNDER_WAY])


def _to_read(person: int) -> NeedQuerySet:
    """With a whole draft of someone else, that nobody read yet."""
    whole = Response.objects.filter(state=Response.State.DRAFT).exclude(author=person)
    whole = whole.exclude(Q(outcome="") | Q(reason=""))
    return Need.objects.filter(responses__in=whole)


def _drafts(needs: Sequence[Need]) -> dict[int, Response]:
    rows = Response.objects.filter(need__in=needs).exclude(state=Response.State.PUBLISHED)
    return {one.need_id: one for one in rows.select_related("author", "reader")}
