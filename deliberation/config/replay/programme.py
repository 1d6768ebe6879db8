"""What is played and when, made from a conversation. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from deliberation.protocol.shapes import Kind, StanceValue
from rooms.importing.conversation import Conversation, Statement
from rooms.importing.words import shortened


@dataclass(frozen=True)
class Cue:
    """One thing that one resident does, `after` seconds. A message, or a stance on one.

    `statement` is the message's id in the file. `opens` tells that it may start its thread.
    """

    after: float
    by: str
    statement: str
    thread: str = ""
    text: str = ""
    opens: Kind | None = None
    reply_to: str = ""
    stance: StanceValue | None = None


def programme(conversation: Conversation, *, speed: float, stances: bool = True) -> list[Cue]:
    """All cues in order, `speed` times as fast. What moderators rejected is not played."""
    played = [statement for statement in conversation.statements if not statement.rejected]
    if not played:
        return []
    clock = _Clock(played[0].at, conversation.end, speed)
    cues = list(_messages(conversation, played, clock))
    if stances:
        cues += (cue for statement in played for cue in _stances(conversation, statement, clock))
    return sorted(cues, key=lambda cue: cue.after)


def by_resident(cues: list[Cue]) -> dict[str, list[Cue]]:
    """Each resident's own cues, in order."""
    parts: dict[str, list[Cue]] = defaultdict(list)
    for cue in cues:
        parts[cue.by].append(cue)
    return dict(parts)


@dataclass(frozen=True)
class _Clock:
    start: datetime
    end: datetime
    speed: float

    def after(self, at: datetime) -> float:
        return max(0.0, (at - self.start).total_seconds()) / self.speed


def _messages(conversation: Conversation, played: list[Statement], clock: _Clock) -> Iterator[Cue]:
    title = shortened(conversation.question or conversation.title)
    opened: set[str] = set()
    known: set[str] = set()
    for statement in played:
        thread = statement.thread or title
        yield Cue(
            clock.after(statement.at),
            statement.author,
            statement.id,
            thread,
            statement.text,
            opens=None if thread in opened else _kind(statement),
            reply_to=statement.reply_to if statement.reply_to in known else "",
        )
        opened.add(thread)
        known.add(statement.id)


def _stances(conversation: Conversation, statement: Statement, clock: _Clock) -> Iterator[Cue]:
    for vote in conversation.votes.get(statement.id, {}).values():
        at = vote.at or _somewhen(statement, vote.voter, clock.end)
        yield Cue(clock.after(max(at, statement.at)), vote.voter, statement.id, stance=vote.value)


def _somewhen(statement: Statement, voter: str, end: datetime) -> datetime:
    """Where the file doesn't tell when: always the same moment between the message and the end."""
    share = crc32(f"{statement.id}/{voter}".encode()) / 2**32
    return statement.at + (end - statement.at) * share


def _kind(statement: Statement) -> Kind:
    kinds: dict[str, Kind] = {
        "need": "need",
        "idea": "idea",
        "concern": "concern",
        "activity": "activity",
    }
    return kinds.get(statement.kind, "question")
