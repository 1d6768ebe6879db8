"""Needs as pages list them, in the published order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from deliberation.agenda.models import Need, NeedState
from deliberation.agenda.ordering import place
from deliberation.agenda.themes import theme_name

from .figures import Figures, figures_of
from .views import outcomes_of, support_of
from .words import titles


@dataclass(frozen=True)
class Card:
    """A need with its figures. `title` is empty once nothing of it stands. `day`: today, here."""

    need: Need
    title: str
    figures: Figures
    support: int
    outcome: str | None
    day: date

    @property
    def theme(self) -> str:
        return theme_name(self.need.theme)

    @property
    def address(self) -> str:
        return address_of(self.need)

    @property
    def is_overdue(self) -> bool:
        due = self.need.due_on
        return self.need.state == NeedState.ASKED and due is not None and due < self.day


def address_of(need: Need) -> str:
    """Where a need can be read; by its kenmerk, once it has one. Select `neighbourhood` with it."""
    if need.kenmerk is None:
        return reverse("need_suggested", args=[need.neighbourhood.slug, need.pk])
    return reverse("need", args=[need.kenmerk])


def cards_of(needs: Iterable[Need], *, at: datetime) -> list[Card]:
    """In the published order: what the most people of all groups stand behind comes first."""
    found = list(needs)
    ids = [need.pk for need in found]
    if not ids:
        return []
    figures, title = figures_of(ids, at=at), titles(ids)
    support, outcomes = support_of(ids), outcomes_of(ids)
    day = timezone.localtime(at).date()
    cards = [
        Card(
            need=need,
            title=title.get(need.pk, ""),
            figures=figures[need.pk],
            support=support.get(need.pk, 0),
            outcome=outcomes.get(need.pk),
            day=day,
        )
        for need in found
    ]
    return sorted(cards, key=lambda one: place(one.figures.weight, one.figures.first, one.need.pk))
