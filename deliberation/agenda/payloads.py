"""What a suggestion says beside its need: ids and spans, never words.

`Suggestion.payload` is one of these, by `Suggestion.kind`; `Suggestion.key` names what it is about:

* new: `need` is the suggested need itself, which a person accepts or dismisses. Key: its id.
* more: messages that `need` does not rest on yet. Key: need, room.
* merge: `need` and another that are one. Key: both ids, the lower first.
* split: part of what `need` rests on is a need of its own. Key: need, first message of that part.
* title: `need` lost its title, which its source no longer says. Key: need, room.

A decided suggestion keeps its row: messages once offered to a need are not offered to it again,
and what was dismissed does not come back. So dismiss a new need by closing it, not by deleting.
"""

from typing import Any

import msgspec
from msgspec import Struct

from .models import Suggestion, SuggestionKind
from .services.sentences import Span, Wanted

Spans = tuple[Span, ...]


class Payload(Struct, frozen=True, kw_only=True):
    """`room`: the id of the room whose conversation gave rise to it."""

    room: int


class Words(Payload, frozen=True, kw_only=True):
    """How residents word it: the title, and the sentences of the summary, by what they cite."""

    title: Spans
    summary: tuple[Spans, ...] = ()

    def wanted(self) -> list[Wanted]:
        """To be stored with `sentences_store`."""
        return [Wanted(self.title), *(Wanted(spans) for spans in self.summary)]


class NewNeed(Words, frozen=True, kw_only=True):
    """What the engine found, kept to compare with what a person made of it.

    `parts`: messages that say it, most typical first; `support`: short answers that agree.
    """

    parts: tuple[int, ...]
    support: tuple[int, ...] = ()


class MoreMessages(Payload, frozen=True, kw_only=True):
    parts: tuple[int, ...]
    support: tuple[int, ...] = ()


class Merge(Payload, frozen=True, kw_only=True):
    """`needs`: the one to keep, and the one that goes into it. `shared`: messages that speak of
    both; none where the needs are of two rooms."""

    needs: tuple[int, int]
    shared: tuple[int, ...] = ()


class Split(Words, frozen=True, kw_only=True):
    """`parts`: the messages to take out; title and summary are of the need they make."""

    parts: tuple[int, ...]


class OtherTitle(Words, frozen=True, kw_only=True):
    """Without a summary the need keeps the one it has. `by_model`: a language model worded it."""

    by_model: bool = False


PAYLOADS: dict[SuggestionKind, type[Payload]] = {
    SuggestionKind.NEW: NewNeed,
    SuggestionKind.MORE: MoreMessages,
    SuggestionKind.MERGE: Merge,
    SuggestionKind.SPLIT: Split,
    SuggestionKind.TITLE: OtherTitle,
}


def payload_of(suggestion: Suggestion) -> Payload:
    """Raises msgspec.ValidationError for one that a resident proposed: that has only words."""
    return msgspec.convert(suggestion.payload, PAYLOADS[SuggestionKind(suggestion.kind)])


def stored(payload: Payload) -> Any:
    """As `Suggestion.payload` keeps it."""
    return msgspec.to_builtins(payload)


def key_of(*parts: int) -> str:
    """`Suggestion.key`: the ids it is about."""
    return ":".join(str(part) for part in parts)
