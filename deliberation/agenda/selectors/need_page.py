"""One need as its page shows it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from deliberation.agenda.models import Evidence, Need
from deliberation.engine.parameters import Parameters
from rooms.models import Message, MessageState, Stance, StanceValue

from .cards import Card, cards_of
from .memory import Earlier, earlier_than
from .plots import Plot, plots_of
from .sources import Sentence, sentences_with_sources
from .timeline import Moment, timeline

FEWEST_BEHIND = Parameters().minority  # people


@dataclass(frozen=True)
class Position:
    """A message of the need that most disagree with and `people` stand behind."""

    message: Message
    people: int
    against: int


@dataclass(frozen=True)
class NeedPage:
    card: Card
    title: Sentence | None
    summary: list[Sentence]
    groups: list[Plot]
    minority: list[Position]
    timeline: list[Moment]
    earlier: list[Earlier]

    @property
    def need(self) -> Need:
        return self.card.need


def need_page(need: Need, *, at: datetime) -> NeedPage:
    """Everything but its messages, which come in pages (`sources.evidence_of`)."""
    (card,) = cards_of([need], at=at)
    sentences = sentences_with_sources(need)
    said = " ".join(one.text for one in sentences)
    return NeedPage(
        card=card,
        title=sentences[0] if sentences else None,
        summary=sentences[1:],
        groups=plots_of(need.pk, card.figures.rooms),
        minority=minority_of(need),
        timeline=timeline(need, at=at),
        earlier=earlier_than(need, said),
    )


def minority_of(need: Need) -> list[Position]:
    """Every position that enough people stand behind, whatever the majority thinks of it.

    Its writer stands behind it as well.
    """
    shown = Message.objects.filter(
        evidence__need=need, evidence__kind=Evidence.Kind.PART, state=MessageState.SHOWN
    )
    against = shown.filter(disagree__gt=F("agree")).select_related("author", "room")
    own = _agree_with_themselves(need)
    found = [
        Position(one, one.agree + (one.pk not in own), one.disagree)
        for one in against.order_by("at", "pk")
    ]
    found = [one for one in found if FEWEST_BEHIND <= one.people < one.against]
    return sorted(found, key=lambda one: -one.people)


def _agree_with_themselves(need: Need) -> set[int]:
    """Messages whose writers took a stance on them as well."""
    own = Stance.objects.filter(message__evidence__need=need, value=StanceValue.AGREE)
    return set(own.filter(person=F("message__author")).values_list("message", flat=True))
