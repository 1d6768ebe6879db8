"""The judge of a storm: what each client sent, was told and saw, held against the log.

Pure: histories and the log come in, sentences about what went wrong come out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

UNLOGGED = {"welcome", "ack", "nack", "presence", "typing", "tally", "heartbeat", "bye"}
Event = dict[str, Any]


@dataclass(frozen=True)
class Sent:
    """A command left the client; `body` where it posts something new."""

    ref: str
    body: str | None = None


@dataclass(frozen=True)
class Acked:
    """The server said: durable, as number `seq`, about `id`."""

    ref: str
    seq: int
    id: int


@dataclass(frozen=True)
class Saw:
    """An event reached the client."""

    seq: int
    kind: str
    subject: int


@dataclass(frozen=True)
class Note:
    """A connection came or went; for whoever reads the history."""

    text: str


Entry = Sent | Acked | Saw | Note


@dataclass
class History:
    """One client's life, in order. It started from a snapshot at `start`."""

    name: str
    start: int = 0
    entries: list[Entry] = field(default_factory=list)

    def of(self, kind: type[Any]) -> list[Any]:
        return [entry for entry in self.entries if isinstance(entry, kind)]

    def around(self, seq: int) -> str:
        """What happened just before and after the first mention of a number."""
        places = [i for i, e in enumerate(self.entries) if getattr(e, "seq", None) == seq]
        at = places[-1] if places else len(self.entries)
        lines = map(str, self.entries[max(0, at - 12) : at + 6])
        return "\n    ".join([f"{self.name}:", *lines])


def violations(histories: Sequence[History], log: Sequence[Event]) -> list[str]:
    """Every broken promise, each with the history that shows it. `log` is the whole log."""
    found = [*_log_is_sound(log)]
    for history in histories:
        found += _saw_everything_once_in_order(history, log)
        found += _was_told_the_truth(history, log)
        found += _was_answered(history)
    return [*found, *_nothing_lost_or_doubled(histories, log)]


def subject(event: Event) -> int:
    """What an event is about: the id of its message or thread, 0 for the room itself."""
    about = event.get("message", event.get("thread", 0))
    return int(about["id"] if isinstance(about, dict) else about)


def _log_is_sound(log: Sequence[Event]) -> Iterable[str]:
    numbers = [event["seq"] for event in log]
    if numbers != list(range(1, len(log) + 1)):
        yield f"the log has holes or doubles: {numbers}"


def _saw_everything_once_in_order(history: History, log: Sequence[Event]) -> Iterable[str]:
    expected = history.start
    for saw in history.of(Saw):
        expected += 1
        if saw.seq != expected:
            what = "doubled" if saw.seq < expected else "a gap, or out of order"
            yield f"{what}: saw {saw.seq} instead of {expected}; {history.around(saw.seq)}"
            return
        if saw.seq > len(log) or _seen(log[saw.seq - 1]) != (saw.kind, saw.subject):
            yield f"saw what is not in the log: {saw}; {history.around(saw.seq)}"
    if expected != len(log):
        yield f"lost on the way: saw {expected} of {len(log)}; {history.around(expected)}"


def _was_told_the_truth(history: History, log: Sequence[Event]) -> Iterable[str]:
    told: dict[str, Acked] = {}
    for acked in history.of(Acked):
        if told.setdefault(acked.ref, acked) != acked:
            yield f"two answers: {told[acked.ref]}, {acked}; {history.around(acked.seq)}"
        elif not 1 <= acked.seq <= len(log) or subject(log[acked.seq - 1]) != acked.id:
            yield f"a false acknowledgement: {acked}; {history.around(acked.seq)}"


def _was_answered(history: History) -> Iterable[str]:
    answered = {acked.ref for acked in history.of(Acked)}
    for sent in history.of(Sent):
        if sent.ref not in answered:
            yield f"never answered: {sent}; {history.around(-1)}"


def _nothing_lost_or_doubled(histories: Sequence[History], log: Sequence[Event]) -> Iterable[str]:
    posts = Counter(event["message"]["ref"] for event in log if event["type"] == "message.posted")
    for history in histories:
        for ref in {sent.ref for sent in history.of(Sent) if sent.body is not None}:
            if posts[ref] != 1:
                yield f"posted {posts[ref]} times: {ref}; {history.around(-1)}"


def _seen(event: Event) -> tuple[str, int]:
    return event["type"], subject(event)
