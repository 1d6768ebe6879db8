"""What a room shows that packages above this one keep. The composition root hands it in."""

from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

from deliberation.protocol.shapes import NeedView

if TYPE_CHECKING:  # models can't be imported yet when this is
    from deliberation.eventlog.log import Writing
    from deliberation.people.actors import Actor

    from .models import Message, Room


@dataclass(frozen=True)
class News:
    """A notice about no message, in the language of now: a title and some words.

    `path` is where it leads, `place` what it is part of.
    """

    says: str
    words: str
    path: str
    place: str


@dataclass(frozen=True)
class Waiting:
    """What waits for a manager in a neighbourhood: how many suggestions for its agenda, where."""

    place: str
    path: str
    count: int


def _none(_room_or_ids: object) -> Sequence[NeedView]:
    return ()


def _none_since(_neighbourhood: int, _moment: datetime) -> Sequence[NeedView]:
    return ()


def _no_news(_notices: Collection[int]) -> Mapping[int, News]:
    return {}


def _nothing() -> Sequence[Waiting]:
    return ()


@dataclass(frozen=True)
class Reported:
    """How many messages wait for a decision, how many of them too long, and where."""

    count: int
    late: int
    path: str


def _no_reports(_at: datetime) -> Reported | None:
    return None


@dataclass(frozen=True)
class Held:
    """Why a message waits for a person, and until when at most. `tell` decides so, once the
    message has its number, in the same transaction."""

    ground: str
    until: datetime
    tell: "Callable[[Writing, Room, Message], None]"


def _nothing_held(
    _actor: "Actor", _room: "Room", _words: str, _before: str, _at: datetime
) -> Held | None:
    return None


def _no_groups(_room: int) -> Sequence[tuple[str, Collection[int]]]:
    return ()


Row = dict[str, Any]


def _nowhere(_person: int) -> Collection[int]:
    return ()


def _forget(_person: int, _at: datetime) -> None:
    pass


def _keeps(_person: int) -> Iterable[tuple[str, list[Row]]]:
    return ()


@dataclass
class _Attached:
    """`listed`: needs on the agenda of the neighbourhood with this id, in the order of their ids.
    `by_id`: needs as they are now, whatever their state; `since`: those of a neighbourhood that
    came on its agenda since a moment. `news`: what notices with these ids tell;
    without those that can't be shown any more. `waiting`: what the agenda has for managers;
    `reported`: what waits for a decision of theirs. `held`: whether what this person is about to
    say in this room, in place of what stood there before, waits until someone has looked at it.

    `opinion_groups`: people (ids) of the room with this id who think alike, by the letter of
    their group.

    Of a person (id): `places`, the rooms that hear of it when they are erased; `forget`, which
    erases what is kept elsewhere; `keeps`, what that is, by name, for an export.
    """

    listed: Callable[[int], Sequence[NeedView]] = _none
    by_id: Callable[[Collection[int]], Sequence[NeedView]] = _none
    since: Callable[[int, datetime], Sequence[NeedView]] = _none_since
    news: Callable[[Collection[int]], Mapping[int, News]] = _no_news
    waiting: Callable[[], Sequence[Waiting]] = _nothing
    reported: Callable[[datetime], Reported | None] = _no_reports
    held: "Callable[[Actor, Room, str, str, datetime], Held | None]" = _nothing_held
    opinion_groups: Callable[[int], Sequence[tuple[str, Collection[int]]]] = _no_groups
    places: Callable[[int], Collection[int]] = _nowhere
    forget: Callable[[int, datetime], None] = _forget
    keeps: Callable[[int], Iterable[tuple[str, list[Row]]]] = _keeps


attached = _Attached()


def attach_needs(
    *,
    listed: Callable[[int], Sequence[NeedView]],
    by_id: Callable[[Collection[int]], Sequence[NeedView]],
    since: Callable[[int, datetime], Sequence[NeedView]],
) -> None:
    attached.listed, attached.by_id, attached.since = listed, by_id, since


def attach_news(*kept: Callable[[Collection[int]], Mapping[int, News]]) -> None:
    """Each of these knows some of the notices."""
    attached.news = lambda notices: dict(ChainMap(*(dict(one(notices)) for one in kept)))


def attach_privacy(
    *,
    places: Callable[[int], Collection[int]],
    forgets: Sequence[Callable[[int, datetime], None]],
    keeps: Sequence[Callable[[int], Iterable[tuple[str, list[Row]]]]],
) -> None:
    def forget(person: int, at: datetime) -> None:
        for one in forgets:
            one(person, at)

    attached.places, attached.forget = places, forget
    attached.keeps = lambda person: chain.from_iterable(one(person) for one in keeps)


def attach_waiting(
    waiting: Callable[[], Sequence[Waiting]], reported: Callable[[datetime], Reported | None]
) -> None:
    attached.waiting, attached.reported = waiting, reported


def attach_screening(held: "Callable[[Actor, Room, str, str, datetime], Held | None]") -> None:
    attached.held = held


def attach_opinions(groups: Callable[[int], Sequence[tuple[str, Collection[int]]]]) -> None:
    attached.opinion_groups = groups
