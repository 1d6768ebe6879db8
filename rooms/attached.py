"""What a room shows that packages above this one keep. The composition root hands it in."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from deliberation.protocol.shapes import NeedView


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


def _no_news(_notices: Collection[int]) -> Mapping[int, News]:
    return {}


def _nothing() -> Sequence[Waiting]:
    return ()


@dataclass
class _Attached:
    """`listed`: needs on the agenda of the neighbourhood with this id, in the order of their ids.
    `by_id`: needs as they are now, whatever their state. `news`: what notices with these ids tell;
    without those that can't be shown any more. `waiting`: what the agenda has for managers.
    """

    listed: Callable[[int], Sequence[NeedView]] = _none
    by_id: Callable[[Collection[int]], Sequence[NeedView]] = _none
    news: Callable[[Collection[int]], Mapping[int, News]] = _no_news
    waiting: Callable[[], Sequence[Waiting]] = _nothing


attached = _Attached()


def attach_needs(
    *,
    listed: Callable[[int], Sequence[NeedView]],
    by_id: Callable[[Collection[int]], Sequence[NeedView]],
) -> None:
    attached.listed, attached.by_id = listed, by_id


def attach_news(news: Callable[[Collection[int]], Mapping[int, News]]) -> None:
    attached.news = news


def attach_waiting(waiting: Callable[[], Sequence[Waiting]]) -> None:
    attached.waiting = waiting
