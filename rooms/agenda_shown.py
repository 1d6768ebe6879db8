"""What pages of rooms show of the agenda, which is kept above this package.

The composition root hands it in, as pieces of pages; without it nothing stands there.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from django.utils.safestring import SafeString

from deliberation.people.actors import Actor

from .models import Neighbourhood

NOTHING = SafeString("")


class AgendaShown(Protocol):
    """Pieces are HTML in the reader's language."""

    def beside(
        self, thread: int, title: str, place: Neighbourhood, *, actor: Actor, at: datetime
    ) -> SafeString:
        """Beside a conversation (id, title): what was discussed before about it."""

    def of_place(self, place: Neighbourhood, *, at: datetime) -> SafeString:
        """On the page of a neighbourhood: the top of its agenda."""

    def became(self, messages: Collection[int]) -> Mapping[int, SafeString]:
        """By the id of a message: what happened with it, where it is part of a need."""

    def kenmerken(self, messages: Collection[int]) -> Mapping[int, str]:
        """By the id of a message: the kenmerk of the need it is part of."""

    def standing(self, places: Collection[int]) -> Mapping[int, int]:
        """By the id of a neighbourhood: how many needs are on its agenda now."""


class _Nowhere:
    def beside(self, *_: object, **__: object) -> SafeString:
        return NOTHING

    def of_place(self, *_: object, **__: object) -> SafeString:
        return NOTHING

    def became(self, _: Collection[int]) -> Mapping[int, SafeString]:
        return {}

    def kenmerken(self, _: Collection[int]) -> Mapping[int, str]:
        return {}

    def standing(self, _: Collection[int]) -> Mapping[int, int]:
        return {}


class _Holder:
    shown: AgendaShown = _Nowhere()


_held = _Holder()


def agenda() -> AgendaShown:
    """What was handed in."""
    return _held.shown


def attach_agenda(shown: AgendaShown) -> None:
    _held.shown = shown
