"""The agenda of a neighbourhood as its page shows it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from deliberation.agenda.models import Need, NeedState
from rooms.models import Neighbourhood, Room

from .cards import Card, cards_of

LISTED = (NeedState.ON_AGENDA, NeedState.ASKED, NeedState.ANSWERED, NeedState.UNDER_WAY)
ENDED = (NeedState.DONE, NeedState.CLOSED)


@dataclass(frozen=True)
class Only:
    """What a reader wants to see: a theme, a state, the id of a room; empty is everything."""

    theme: str = ""
    state: str = ""
    room: int | None = None

    def lets(self, card: Card) -> bool:
        return (
            self.theme in ("", card.need.theme)
            and self.state in ("", card.need.state)
            and (self.room is None or self.room in card.figures.rooms)
        )

    @property
    def anything(self) -> bool:
        return bool(self.theme or self.state or self.room)


@dataclass(frozen=True)
class Listing:
    """`cards`: everything, in the published order; the rest of it is chosen from that.

    `suggested`: what the computer suggests and nobody has looked at.
    """

    cards: list[Card]
    only: Only = field(default_factory=Only)

    @property
    def listed(self) -> list[Card]:
        return self._those(lambda card: card.need.state in LISTED)

    @property
    def suggested(self) -> list[Card]:
        return self._those(lambda card: card.need.state == NeedState.SUGGESTED)

    @property
    def ended(self) -> list[Card]:
        return self._those(lambda card: card.need.state in ENDED)

    @property
    def standing(self) -> int:
        """How many are on the agenda now, whatever the reader wants to see of it."""
        return sum(card.need.state in LISTED for card in self.cards)

    def only_those(self, only: Only) -> "Listing":
        """The same agenda, as far as the reader wants to see it."""
        return replace(self, only=only)

    def _those(self, are: Callable[[Card], bool]) -> list[Card]:
        return [card for card in self.cards if are(card) and self.only.lets(card)]


def listing(neighbourhood: Neighbourhood, *, at: datetime) -> Listing:
    """What came on the agenda, and what the engine suggests as far as its words stand.

    What went into another need is found there. What a resident proposes is looked at by a person
    first.
    """
    needs = Need.objects.of(neighbourhood.pk).select_related("neighbourhood")
    shown = needs.filter(merged_into=None)
    public = shown.public()
    suggested = shown.filter(state=NeedState.SUGGESTED, proposed_by=None).exclude(engine_id="")
    cards = cards_of([*public, *suggested], at=at)
    return Listing([card for card in cards if card.need.kenmerk or card.title])


def rooms_of(neighbourhood: Neighbourhood) -> list[Room]:
    """The open rooms, to choose from."""
    return list(Room.objects.opened().filter(neighbourhood=neighbourhood).order_by("title"))
