"""A conversation as it was read from files. No database here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from deliberation.kernel.refusals import Refused
from deliberation.kernel.text import message_text
from deliberation.protocol.shapes import StanceValue

STANCES: dict[str, StanceValue] = {"1": "agree", "0": "unsure", "-1": "disagree"}
_OLDEST = datetime(1970, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=1)  # clocks of other machines differ


@dataclass(frozen=True)
class Problem:
    """Something in a file that was left out. `line` counts from 1; 0 is the file as a whole."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.reason}"


class BadFile(Exception):
    """Nothing can be read from these files; the message says why."""


@dataclass(frozen=True)
class Statement:
    """What someone wrote. `thread` is a title, or empty for the conversation's own thread."""

    id: str
    author: str
    at: datetime
    text: str
    line: int
    thread: str = ""
    kind: str = "question"
    reply_to: str = ""
    rejected: bool = False
    counted: tuple[int, int] | None = None  # agrees and disagrees as the file itself counts them


@dataclass(frozen=True)
class Vote:
    """`at` is None where the file doesn't tell when."""

    statement: str
    voter: str
    value: StanceValue
    at: datetime | None = None


@dataclass
class Conversation:
    """`source` and `name` say where it comes from; both stay the same when it is read again."""

    source: str
    name: str
    file: str
    title: str
    question: str = ""
    about: str = ""
    attribution: str = ""
    statements: list[Statement] = field(default_factory=list)
    votes: dict[str, dict[str, Vote]] = field(default_factory=dict)  # by statement, by voter
    problems: list[Problem] = field(default_factory=list)

    @property
    def end(self) -> datetime:
        """When the last thing happened that has a time."""
        timed = [vote.at for votes in self.votes.values() for vote in votes.values() if vote.at]
        return max([*timed, *(statement.at for statement in self.statements)], default=_OLDEST)

    def people(self) -> list[str]:
        """Authors in the order in which they wrote, then those who only voted."""
        authors = dict.fromkeys(statement.author for statement in self.statements)
        voters = {voter for votes in self.votes.values() for voter in votes}
        return [*authors, *sorted(voters - authors.keys(), key=_natural)]

    def vote_count(self) -> int:
        return sum(map(len, self.votes.values()))

    def finish(self) -> "Conversation":
        """In the order in which it was written."""
        self.statements.sort(key=lambda statement: (statement.at, _natural(statement.id)))
        return self


def once(statement: Statement, known: Mapping[str, Statement]) -> Statement:
    """The statement, where its id is new. Raises ValueError."""
    if statement.id in known:
        raise ValueError(f"{statement.id} is also the id of line {known[statement.id].line}")
    return statement


def text_of(words: str) -> str:
    """The words as they would be stored. Raises ValueError with the reason in plain words."""
    try:
        return message_text(words)
    except Refused as refused:
        if refused.code == "empty":
            raise ValueError("the text is empty") from refused
        raise ValueError(
            f"the text has {refused.values['length']} characters; "
            f"at most {refused.values['limit']} fit"
        ) from refused


def moment(seconds: float, *, now: datetime) -> datetime:
    """Seconds since 1970 as a time. Raises ValueError where that can't be."""
    try:
        found = _OLDEST + timedelta(seconds=seconds)
    except (OverflowError, ValueError) as error:
        raise ValueError(f"{seconds} is no time") from error
    return past(found, now=now)


def past(at: datetime, *, now: datetime) -> datetime:
    """The same time, in UTC. Raises ValueError for one that has not come yet."""
    if not _OLDEST <= at <= now + _AHEAD:
        raise ValueError(f"the time {at.isoformat()} is before 1970 or has not come yet")
    return at.astimezone(UTC)


def _natural(id: str) -> tuple[bool, int, str]:
    """Numbers by value, before words."""
    number = id.isascii() and id.isdigit() and len(id) < 19
    return (not number, int(id) if number else 0, id)


Grown = Callable[[int], object]


def nothing(_: int) -> None:
    """Where nobody watches how far it is."""
