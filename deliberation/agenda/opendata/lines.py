"""The messages of a room as lines: the form that `deliberation summarise` reads.

Authors are numbered in the order in which they first wrote, in each room anew. Stances are
numbered in each message anew: they say what the counts under it say, and nobody can follow one
person through them.
"""

from collections.abc import Iterator
from typing import Any

from rooms.models import Message, MessageState, Room

Line = dict[str, Any]
_FIELDS = ("pk", "seq", "author", "at", "body", "thread", "reply_to", "origin", "state")
_COUNTS = ("agree", "disagree", "unsure")
_VALUES = dict(zip(_COUNTS, (1, -1, 0), strict=True))
_AT_ONCE = 500  # rows


def lines(room: Room, *, upto: int | None = None) -> Iterator[Line]:
    """What is shown in the room, in its order; `upto`: no further than this number of its log."""
    rows = Message.objects.filter(room=room).order_by("seq")
    if upto is not None:
        rows = rows.filter(seq__lte=upto)
    names: dict[int, str] = {}
    for row in rows.values(*_FIELDS, *_COUNTS).iterator(chunk_size=_AT_ONCE):
        # Who is hidden keeps their number, so that nobody else's changes.
        author = names.setdefault(row["author"] or -row["pk"], f"a{len(names) + 1}")
        if row["state"] == MessageState.SHOWN:
            yield _line(row, author)


def _line(row: dict[str, Any], author: str) -> Line:
    reply = row["reply_to"]
    return {
        "id": str(row["pk"]),
        "author": author,
        "time": row["at"].isoformat(),
        "text": row["body"],
        "thread": str(row["thread"]),
        "reply_to": None if reply is None else str(reply),
        "votes": _votes(row),
        "seq": row["seq"],
        "origin": row["origin"],
    }


def _votes(row: dict[str, Any]) -> dict[str, int]:
    values = [value for name, value in _VALUES.items() for _ in range(row[name])]
    return {f"v{number}": value for number, value in enumerate(values, start=1)}
