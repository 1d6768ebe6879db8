"""Pieces of the agenda for pages of rooms (`rooms.agenda_shown.AgendaShown`)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Count
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from deliberation.agenda.access import may
from deliberation.agenda.models import Need
from deliberation.agenda.rights import Action
from deliberation.agenda.selectors.became import became, kenmerken
from deliberation.agenda.selectors.listing import LISTED, listing
from deliberation.agenda.selectors.memory import earlier_for
from deliberation.people.actors import Actor
from rooms.models import Neighbourhood

TOP = 3  # needs


class Shown:
    def beside(
        self, thread: int, title: str, place: Neighbourhood, *, actor: Actor, at: datetime
    ) -> SafeString:
        found = earlier_for(thread, title, place.pk)
        ticks = may(actor, place, Action.MEMORY, at=at)
        context = {"earlier": found, "thread": thread, "place": place, "may_tick": ticks}
        return render_to_string("agenda/beside.html", context) if found else SafeString("")

    def of_place(self, place: Neighbourhood, *, at: datetime) -> SafeString:
        found = listing(place, at=at)
        context = {"place": place, "cards": found.listed[:TOP], "listing": found}
        return render_to_string("agenda/of_place.html", context)

    def became(self, messages: Collection[int]) -> Mapping[int, SafeString]:
        return {
            message: render_to_string("agenda/became.html", {"needs": needs})
            for message, needs in became(messages).items()
        }

    def kenmerken(self, messages: Collection[int]) -> Mapping[int, str]:
        return kenmerken(messages)

    def standing(self, places: Collection[int]) -> Mapping[int, int]:
        listed = Need.objects.public().filter(neighbourhood__in=places, state__in=LISTED)
        rows = listed.order_by().values("neighbourhood").annotate(needs=Count("pk"))
        return dict(rows.values_list("neighbourhood", "needs"))
