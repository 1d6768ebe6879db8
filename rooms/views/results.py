"""The result of a poll as a page shows it; `state/polls.ts` says the same."""

from dataclasses import dataclass

from deliberation.protocol.shapes import PollView
from rooms.models.poll import answers
from rooms.polls import Kind, places


@dataclass(frozen=True)
class ResultRow:
    """One answer: how many chose it by phone and by hand, and its part of all, 0 to 1."""

    name: str
    phones: int
    hands: int
    share: float


def result_rows(poll: PollView) -> list[ResultRow]:
    """For a poll whose result is told, in the order of its answers."""
    kind = Kind(poll.kind)
    size = places(kind, poll.options)
    phones, hands = poll.counts or [0] * size, poll.hands or [0] * size
    both = [phone + hand for phone, hand in zip(phones, hands, strict=True)]
    whole = max(poll.voters, *both) if kind == Kind.MULTIPLE else sum(both)
    return [
        ResultRow(name, phone, hand, (phone + hand) / whole if whole else 0)
        for name, phone, hand in zip(answers(poll), phones, hands, strict=True)
    ]
