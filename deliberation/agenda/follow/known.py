"""What is known of a need before the engine's view is laid beside it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from deliberation.agenda.payloads import NewNeed, Payload, Spans


class Whose(Enum):
    """Who decides about a need."""

    ENGINE = auto()  # suggested; nobody looked at it yet, so it follows the conversation
    PEOPLE = auto()  # accepted or proposed by someone; only suggestions are made about it
    PAST = auto()  # done or closed; a conversation that begins anew is a new need
    DISMISSED = auto()  # no need, a person said; it does not come back


@dataclass(frozen=True)
class Draft:
    """A suggested need as it stands, or should. `words`: what its sentences cite, title first;
    `evidence`: message and kind. Without `payload`: stored before there was one."""

    theme: str
    words: tuple[Spans, ...]
    evidence: frozenset[tuple[int, str]]
    people: int
    payload: NewNeed | None


@dataclass(frozen=True)
class Known:
    """`parts`: messages of this room that say it and are shown; `rests_on`: all it rests on.

    `offered`: messages a person decided about before. `draft`: of a need of the engine.
    `untitled`: whether the source of its title says something else by now, or nothing.
    `kept`: whether residents took part in it, so that it may not vanish.
    """

    need: int
    whose: Whose
    parts: frozenset[int] = frozenset()
    rests_on: frozenset[int] = frozenset()
    offered: frozenset[int] = frozenset()
    draft: Draft | None = None
    untitled: bool = False
    kept: bool = False


@dataclass(frozen=True)
class Decided:
    """Suggestions that a person decided on, by need. `together`: each two needs that someone
    changed in one go; `merged`: those that were made of several."""

    splits: Mapping[int, list[frozenset[int]]] = field(default_factory=dict)
    titles: Mapping[int, list[Spans]] = field(default_factory=dict)
    merges: frozenset[str] = frozenset()
    together: frozenset[frozenset[int]] = frozenset()
    merged: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Offered:
    """A suggestion that is open. `id`: of its row."""

    id: int
    people: int
    payload: Payload


@dataclass(frozen=True)
class Stored:
    """All that is known for one room. `offers`: what is open, by kind and key; `others`: the
    same of other rooms. `live`: ids of all needs of the neighbourhood that are not at their end.
    """

    needs: list[Known]
    decided: Decided = field(default_factory=Decided)
    offers: Mapping[tuple[str, str], Offered] = field(default_factory=dict)
    others: frozenset[tuple[str, str]] = frozenset()
    live: frozenset[int] = frozenset()
