"""Notices that are about no message: what another package tells of, in its own transaction."""

from collections.abc import Iterable
from datetime import datetime

from deliberation.people.models import Person
from rooms.models import Notice, NoticeKind

from .following import one_at_a_time


def news_store(people: Iterable[int], *, at: datetime) -> list[Notice]:
    """A notice for each of these people (ids) who is active. Call it in a transaction; what it is
    about is stored beside it by who calls, and shown by what `rooms.attached` says of it."""
    one_at_a_time()
    active = Person.objects.filter(pk__in=list(people), is_active=True).order_by("pk")
    return Notice.objects.bulk_create(
        Notice(person_id=person, kind=NoticeKind.NEWS, at=at)
        for person in active.values_list("pk", flat=True)
    )
