"""Telling everyone whom a need concerns, once about each thing."""

from collections.abc import Iterable
from datetime import datetime

from deliberation.agenda.models import Need, NeedNotice
from deliberation.agenda.selectors.concerned import concerned
from deliberation.people.actors import Actor
from rooms.notices.news import news_store


def tell_concerned(
    need: Need, kind: NeedNotice.Kind, about: int, *, actor: Actor, at: datetime
) -> None:
    """Tell whom it concerns of an answer or a milestone with this id; but who made it knows."""
    tell_people(need, kind, about, (one for one in concerned(need) if one != actor.id), at=at)


def tell_people(
    need: Need, kind: NeedNotice.Kind, about: int, people: Iterable[int], *, at: datetime
) -> None:
    """The same for these people. Hold the need, so that nobody is told twice."""
    known = NeedNotice.objects.filter(kind=kind, about=about).values_list("person", flat=True)
    wanted = sorted(set(people) - set(known))
    notices = news_store(wanted, at=at)
    NeedNotice.objects.bulk_create(
        NeedNotice(notice=notice, person_id=notice.person_id, need=need, kind=kind, about=about)
        for notice in notices
    )
