"""Needs as the wire knows them; as many queries for a hundred as for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import cast

from django.db.models import Count

from deliberation.agenda.models import Evidence, Move, Need, NeedState, Response, Support
from deliberation.protocol import shapes
from deliberation.protocol.fold import LISTED
from deliberation.protocol.shapes import NeedView
from rooms.models import MessageState

from .words import titles


def need_views(neighbourhood: int) -> list[NeedView]:
    """What is on the agenda of a neighbourhood, until it is done or closed."""
    return _views(Need.objects.of(neighbourhood).filter(state__in=LISTED))


def needs_since(neighbourhood: int, moment: datetime) -> list[NeedView]:
    """What came on the agenda of a neighbourhood since `moment`, as it is now."""
    listed = Move.objects.filter(target=NeedState.ON_AGENDA, at__gte=moment)
    return _views(Need.objects.of(neighbourhood).filter(pk__in=listed.values("need")))


def needs_by_id(ids: Collection[int]) -> list[NeedView]:
    """These needs as they are now, whatever their state."""
    return _views(Need.objects.filter(pk__in=ids))


def _views(needs: Iterable[Need]) -> list[NeedView]:
    found = sorted(needs, key=lambda need: need.pk)
    ids = [need.pk for need in found]
    if not ids:
        return []
    title, people, support = titles(ids), people_of(ids), support_of(ids)
    threads, outcomes = threads_of(ids), outcomes_of(ids)
    return [
        NeedView(
            id=need.pk,
            kenmerk=need.kenmerk or "",
            title=title.get(need.pk, ""),
            state=cast("shapes.NeedState", NeedState(need.state).value),
            theme=need.theme,
            origin=cast("shapes.NeedOrigin", str(need.origin)),
            people=people.get(need.pk, 0),
            support=support.get(need.pk, 0),
            threads=threads[need.pk],
            due_on=need.due_on,
            outcome=outcomes.get(need.pk),
        )
        for need in found
    ]


def people_of(needs: Collection[int]) -> dict[int, int]:
    """The breadth: distinct people behind the sources that are shown; never messages."""
    shown = Evidence.objects.filter(need__in=needs, message__state=MessageState.SHOWN)
    rows = shown.order_by().values("need").annotate(people=Count("message__author", distinct=True))
    return dict(rows.values_list("need", "people"))


def support_of(needs: Collection[int]) -> dict[int, int]:
    """How many people want an answer."""
    rows = Support.objects.filter(need__in=needs).order_by().values("need")
    return dict(rows.annotate(people=Count("pk")).values_list("need", "people"))


def threads_of(needs: Collection[int]) -> dict[int, list[int]]:
    """The conversations that the sources are in, in the order of their ids."""
    shown = Evidence.objects.filter(need__in=needs, message__state=MessageState.SHOWN)
    found: dict[int, list[int]] = defaultdict(list)
    for need, thread in sorted(set(shown.values_list("need", "message__thread"))):
        found[need].append(thread)
    return found


def outcomes_of(needs: Collection[int]) -> dict[int, shapes.Outcome]:
    """The outcome of the newest published answer."""
    published = Response.objects.filter(need__in=needs, state=Response.State.PUBLISHED)
    rows = published.order_by("published_at", "pk").values_list("need", "outcome")
    return cast("dict[int, shapes.Outcome]", dict(rows))
