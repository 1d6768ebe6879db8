"""A conversation as JSON lines: one message a line, with who thinks what of it."""

import json
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, get_args

from deliberation.kernel.text import normal
from deliberation.protocol.shapes import Kind

from .conversation import (
    STANCES,
    BadFile,
    Conversation,
    Problem,
    Statement,
    Vote,
    moment,
    once,
    past,
    text_of,
)
from .tables import decoded, is_utf8
from .words import shortened

KINDS = get_args(Kind)
_LONGEST = 120  # characters of an id or an author
_MILLISECONDS = 1e11  # a number above this can't be seconds


def read(
    data: bytes, *, room: str, file: str, title: str, now: datetime, zone: tzinfo
) -> Conversation:
    """Everything in `data` that can be read; the rest is in its problems.

    `zone` is for times that don't say theirs. Raises BadFile where no line can be read.
    """
    heading = shortened(normal(title or Path(file).stem)) or room
    found = Conversation("jsonl", room, file, heading, question=heading)
    known: dict[str, Statement] = {}
    for number, line in _lines(decoded(data)):
        try:
            fields = _fields(line)
            statement = once(_statement(fields, number, now=now, zone=zone), known)
        except ValueError as error:
            found.problems.append(Problem(file, number, str(error)))
            continue
        known[statement.id] = statement
        found.votes[statement.id] = dict(_votes(found, fields, statement))
    if not known:
        raise BadFile(f"{file} has no line that can be read")
    found.statements = list(known.values())
    return found.finish()


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _fields(line: str) -> dict[str, Any]:
    if not is_utf8(line):
        raise ValueError("this line is not written in UTF-8")
    try:
        found = json.loads(line)
    except RecursionError as error:
        raise ValueError("this line is no JSON that can be read") from error
    except ValueError as error:
        raise ValueError(f"this line is no JSON ({error})") from error
    if not isinstance(found, dict):
        raise ValueError("this line is no JSON object")  # noqa: TRY004  (told, not raised)
    return found


def _statement(fields: dict[str, Any], line: int, *, now: datetime, zone: tzinfo) -> Statement:
    """Raises ValueError."""
    text = fields.get("text")
    if not isinstance(text, str):
        raise ValueError("text is missing")  # noqa: TRY004
    kind = fields.get("kind") or "question"
    if kind not in KINDS:
        raise ValueError(f"kind is one of {', '.join(KINDS)}, not {str(kind)[:40]!r}")
    return Statement(
        id=_word(fields, "id"),
        author=_word(fields, "author"),
        at=_time(fields.get("time"), now=now, zone=zone),
        text=text_of(text),
        line=line,
        thread=_thread(fields.get("thread")),
        kind=kind,
        reply_to=_word(fields, "reply_to") if fields.get("reply_to") is not None else "",
        rejected=fields.get("moderated") == -1,
    )


def _votes(
    found: Conversation, fields: dict[str, Any], statement: Statement
) -> Iterator[tuple[str, Vote]]:
    votes = fields.get("votes") or {}
    if not isinstance(votes, dict):
        reason = "votes is no object, so they are left out"
        found.problems.append(Problem(found.file, statement.line, reason))
        return
    for author, value in votes.items():
        voter = normal(author)
        if isinstance(value, int) and str(int(value)) in STANCES and voter:
            yield voter, Vote(statement.id, voter, STANCES[str(int(value))])
        else:
            reason = f"a vote is 1, 0 or -1, not {str(value)[:40]!r}, so this vote is left out"
            found.problems.append(Problem(found.file, statement.line, reason))


def _word(fields: dict[str, Any], name: str) -> str:
    given = fields.get(name)
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise ValueError(f"{name} is missing, or neither text nor a whole number")  # noqa: TRY004
    found = normal(str(given))
    if not found or len(found) > _LONGEST:
        raise ValueError(f"{name} is {'empty' if not found else 'too long'}")
    return found


def _time(given: object, *, now: datetime, zone: tzinfo) -> datetime:
    """ISO 8601, or a number of seconds (or milliseconds) since 1970."""
    if isinstance(given, int | float) and not isinstance(given, bool):
        return moment(given / 1000 if given > _MILLISECONDS else given, now=now)
    if given is None:
        raise ValueError("time is missing")
    try:
        found = datetime.fromisoformat(str(given))
    except ValueError as error:
        raise ValueError(f"the time {str(given)[:40]!r} is not ISO 8601 ({error})") from error
    try:
        return past(found if found.tzinfo else found.replace(tzinfo=zone), now=now)
    except OverflowError as error:
        raise ValueError(f"the time {str(given)[:40]!r} can't be") from error


def _thread(given: object) -> str:
    """The title of a thread; a number that another program gave it becomes a title."""
    if given is None:
        return ""
    if isinstance(given, int):
        return f"Gesprek {given}"
    return shortened(normal(str(given)))
