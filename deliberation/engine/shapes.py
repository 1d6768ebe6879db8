"""What goes into the engine and what comes out of it. Positions count characters, from 0."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

Votes = Mapping[str, Mapping[str, int]]
"""Message id → person → 1 (agrees), -1 (disagrees) or 0 (not sure yet)."""


class Contribution(Struct, frozen=True, kw_only=True):
    """A published message. `at`: seconds since 1970; `author`: a pseudonym."""

    id: str
    author: str
    at: float
    text: str
    thread: str | None = None
    reply_to: str | None = None
    lang: str | None = None


class Link(Struct, frozen=True, kw_only=True):
    """What people decided about two messages (ids): they belong in one need, or apart."""

    one: str
    other: str
    together: bool


class Citation(Struct, frozen=True, kw_only=True):
    """`text[start:end]` of a message."""

    message: str
    start: int
    end: int


class Sentence(Struct, frozen=True, kw_only=True):
    """Residents' own words. `people`: how many say the same, near-duplicates included."""

    text: str
    citations: tuple[Citation, ...]
    people: int = 1


class Opinion(Struct, frozen=True, kw_only=True):
    """Distinct people. `group` is the id of an opinion group, None for everybody together."""

    agree: int
    disagree: int
    unsure: int
    group: str | None = None


class Position(Struct, frozen=True, kw_only=True):
    """A minority position: a message of the need that `people` stand behind."""

    sentence: Sentence
    people: int


class Need(Struct, frozen=True, kw_only=True):
    """`messages`: most typical first. `support`: short answers that agree with one of them.

    `people` (the breadth): distinct authors and supporters; never the number of messages.
    `trend`: people in the last 30 days of the log against the 30 days before, as a difference.
    """

    id: str
    title: Sentence
    summary: tuple[Sentence, ...]
    messages: tuple[str, ...]
    support: tuple[str, ...]
    people: int
    opinion: Opinion
    by_group: tuple[Opinion, ...]
    minority: tuple[Position, ...]
    theme: str
    keywords: tuple[str, ...]
    first: float
    last: float
    trend: int


class Group(Struct, frozen=True, kw_only=True):
    """People who think alike. `typical`: statements that set them apart, with which stance."""

    id: str
    members: tuple[str, ...]
    typical: tuple[tuple[str, Literal["agree", "disagree"]], ...]


class Opinions(Struct, frozen=True, kw_only=True):
    """Opinion groups with their quality. `points`: person → place in the plot (two numbers).

    `consensus`: agreed (or disagreed) by every group. `dividing`: the most unlike stances.
    `silhouette`: -1 … 1; None without groups. `named`: whether groups are large enough to show.
    `parameters`: what they were computed with.
    """

    groups: tuple[Group, ...]
    points: Mapping[str, tuple[float, float]]
    consensus: tuple[tuple[str, Literal["agree", "disagree"]], ...]
    dividing: tuple[str, ...]
    silhouette: float | None
    named: bool
    parameters: Mapping[str, float | int] = {}


class Agenda(Struct, frozen=True, kw_only=True):
    """`needs` in the published order. `noise`: ids that are no part of a need.

    `hash`: SHA-256 of everything else in canonical JSON.
    """

    needs: tuple[Need, ...]
    noise: tuple[str, ...]
    opinions: Opinions
    parameters: Mapping[str, float | int | str]
    hash: str
