"""What the engine sees as one need in a room, by our own ids. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from deliberation.agenda.payloads import Spans
from deliberation.agenda.services.sentences import Span
from deliberation.engine import Agenda
from deliberation.engine.shapes import Need, Sentence


@dataclass(frozen=True)
class Group:
    """`parts`: messages that say it, most typical first; `support`: short answers that agree.

    `words`: what the title and the sentences of the summary cite.
    """

    engine_id: str
    theme: str
    words: tuple[Spans, ...]
    parts: tuple[int, ...]
    support: tuple[int, ...] = ()
    keywords: frozenset[str] = frozenset()


def groups_in(agenda: Agenda) -> list[Group]:
    return [_group(need) for need in agenda.needs]


def _group(need: Need) -> Group:
    return Group(
        engine_id=need.id,
        theme=need.theme,
        words=(_spans(need.title), *(_spans(one) for one in need.summary)),
        parts=_ids(need.messages),
        support=_ids(need.support),
        keywords=frozenset(need.keywords),
    )


def _spans(sentence: Sentence) -> Spans:
    return tuple(Span(int(one.message), one.start, one.end) for one in sentence.citations)


def _ids(messages: Iterable[str]) -> tuple[int, ...]:
    return tuple(int(one) for one in messages)
