"""The model proposes another title; a person decides on it, as on any other suggestion."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from deliberation.agenda.models import (
    Evidence,
    Need,
    NeedState,
    Suggestion,
    SuggestionKind,
    Wording,
)
from deliberation.agenda.payloads import OtherTitle, payload_of, stored
from deliberation.agenda.services.announcing import agenda_writing
from deliberation.agenda.services.sentences import Wanted
from rooms.models import Message, MessageState

from .client import Away, Endpoint
from .setting import wording_model
from .wording import NotSaid, Source, reworded

PAUSE = 60.0  # seconds between two rounds of questions
AT_ONCE = 3  # needs in a round
_STATES = (NeedState.ON_AGENDA, NeedState.ASKED, NeedState.ANSWERED, NeedState.UNDER_WAY)
_BY_MODEL = "model:"  # what the keys of these suggestions begin with

_log = structlog.get_logger(__name__)


class Proposer:
    """What one process remembers of asking: which answers were refused, and when to ask again."""

    def __init__(self, *, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady = steady
        self._next = 0.0
        self._refused: set[int] = set()

    def round(self, *, at: datetime) -> None:
        """Nothing without a model. Every need is asked about once; when the model is away, all
        wait for the next round."""
        model = wording_model()
        if model is None:
            return
        _forget()
        if self._next <= self._steady():
            self._ask(model, at=at)
            self._next = self._steady() + PAUSE

    def _ask(self, model: Endpoint, *, at: datetime) -> None:
        for need in _waiting(self._refused):
            sources = _sources(need)
            try:
                title = reworded(model, sources)[0]
                _propose(need, title, sources, at=at)
            except NotSaid as wrong:
                self._refused.add(need.pk)
                _log.info("model.refused", need=need.pk, why=str(wrong))
            except Away as away:
                _log.warning("model.away", why=str(away))
                return


def _waiting(refused: set[int]) -> list[Need]:
    """Needs in residents' own words that no model was asked about, the oldest first."""
    asked = Suggestion.objects.filter(key__startswith=_BY_MODEL).values("need")
    found = Need.objects.filter(state__in=_STATES, wording=Wording.RESIDENTS, merged_into=None)
    rests = Evidence.objects.filter(
        kind=Evidence.Kind.PART, message__state=MessageState.SHOWN
    ).values("need")
    found = found.filter(pk__in=rests).exclude(pk__in=asked).exclude(pk__in=refused)
    return list(found.order_by("pk")[:AT_ONCE])


def _sources(need: Need) -> list[Source]:
    rests = Message.objects.filter(
        evidence__need=need, evidence__kind=Evidence.Kind.PART, state=MessageState.SHOWN
    )
    rows = rests.order_by("pk").values_list("pk", "body")
    return [Source(message, body) for message, body in rows]


def _propose(need: Need, title: Wanted, sources: Sequence[Source], *, at: datetime) -> None:
    """Unless a source changed while the model thought: then it is asked again."""
    with agenda_writing(need.neighbourhood_id) as log:
        held = log.need(need.pk)
        if _sources(held) != list(sources) or held.wording != Wording.RESIDENTS:
            return
        cited = Message.objects.get(pk=title.spans[0].message)
        payload = OtherTitle(room=cited.room_id, title=title.spans, by_model=True)
        Suggestion.objects.get_or_create(
            neighbourhood_id=held.neighbourhood_id,
            kind=SuggestionKind.TITLE,
            key=f"{_BY_MODEL}{held.pk}",
            defaults={
                "need": held,
                "payload": stored(payload),
                "words": title.text,
                "people": held.evidence.values("message__author").distinct().count(),
                "by_engine": False,
                "at": at,
            },
        )


def _forget() -> None:
    """A title whose source is not shown any more goes, before anyone decides on it."""
    opened = Suggestion.objects.filter(
        key__startswith=_BY_MODEL, state=Suggestion.State.OPEN, kind=SuggestionKind.TITLE
    )
    for one in opened:
        payload = payload_of(one)
        assert isinstance(payload, OtherTitle)
        cited = {span.message for span in payload.title}
        if Message.objects.filter(pk__in=cited, state=MessageState.SHOWN).count() < len(cited):
            one.delete()
