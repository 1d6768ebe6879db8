"""The black-box form: a JSON object a line in, one JSON document out."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from .agenda import explain
from .shapes import Agenda, Contribution, Need
from .state import State
from .words import LANGUAGES, data

_AGREES = (-1, 0, 1)


class BadLine(ValueError):
    """A line that can't be read; its words say what to do about it."""


class Line(msgspec.Struct, frozen=True):
    """One line: a message and what people think of it (1 agrees, -1 disagrees, 0 not sure yet)."""

    contribution: Contribution
    votes: Mapping[str, int]


def read(line: bytes | str, *, lang: str = "auto") -> Line:
    """Raises BadLine. Fields that are not known are passed over."""
    try:
        found = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadLine(f"this is no JSON ({error})") from error
    if not isinstance(found, dict):
        raise BadLine('a line is an object, such as {"id": "1", "author": "a", "text": "…"}')
    text = found.get("text")
    if not isinstance(text, str) or not text.strip():
        raise BadLine('"text" is missing or empty')
    reply = found.get("reply_to")
    contribution = Contribution(
        id=_name(found, "id"),
        author=_name(found, "author"),
        at=_time(found.get("time")),
        text=text,
        thread=None if found.get("thread") is None else str(found["thread"]),
        reply_to=None if reply is None else str(reply),
        lang=_language(found.get("lang") if lang == "auto" else lang),
    )
    return Line(contribution, _votes(found.get("votes") or {}))


def written(found: Agenda, state: State, *, explained: bool = False) -> dict[str, Any]:
    """An agenda as the document that `deliberation summarise` prints."""
    return {
        "needs": [_need(need, state, explained=explained) for need in found.needs],
        "noise": list(found.noise),
        "groups": [
            {"id": group.id, "members": list(group.members)} for group in found.opinions.groups
        ],
        "opinions": msgspec.to_builtins(found.opinions),
        "parameters": dict(found.parameters),
        "hash": found.hash,
    }


def _need(need: Need, state: State, *, explained: bool) -> dict[str, Any]:
    lang = state.rows[state.row_of[need.messages[0]]].lang
    theme = data("themes").get(need.theme, {}).get(lang, need.theme)
    return {
        **msgspec.to_builtins(need),
        "title": need.title.text,
        "title_citations": msgspec.to_builtins(need.title.citations),
        "agree": need.opinion.agree,
        "disagree": need.opinion.disagree,
        "unsure": need.opinion.unsure,
        "theme": theme,
        **({"explain": explain(state, need)} if explained else {}),
    }


def _name(found: dict[str, Any], field: str) -> str:
    value = found.get(field)
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise BadLine(f'"{field}" is missing; it must be a text or a whole number')
    return str(value)


def _time(value: Any) -> float:
    """Seconds since 1970. A time without a zone is read as UTC, so that it is the same anywhere."""
    if value is None:
        return 0.0
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    try:
        when = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise BadLine('"time" must be as 2026-03-01T19:30:00+01:00') from error
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


def _language(value: Any) -> str | None:
    short = str(value)[:2].lower() if value else None
    return short if short in LANGUAGES else None


def _votes(value: Any) -> Mapping[str, int]:
    if not isinstance(value, dict) or any(vote not in _AGREES for vote in value.values()):
        raise BadLine('"votes" must be as {"<author>": 1}, with 1, -1 or 0')
    return {str(person): int(vote) for person, vote in value.items()}
