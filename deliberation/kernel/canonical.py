"""One way to write a value as bytes, so that its hash means something. Pure."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any


def text(value: Any) -> str:
    """Canonical JSON: keys in the order of their code points, no space, letters as they are.

    Raises TypeError for a fraction (machines write those differently: see `plain`) and for
    whatever JSON doesn't know; ValueError for half a character.
    """
    _check(value)
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    written.encode()  # a lone surrogate has no bytes
    return written


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON of a value, in hexadecimal."""
    return sha256(text(value).encode()).hexdigest()


def plain(value: Any) -> Any:
    """The same without what `text` refuses: fractions, days and times become text."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else value


def _check(value: Any) -> None:
    if isinstance(value, dict):
        for key, one in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a key is a text, not {key!r}")
            _check(one)
    elif isinstance(value, list):
        for one in value:
            _check(one)
    elif not (value is None or isinstance(value, bool | int | str)):
        raise TypeError(f"{value!r} has no one way to be written; make it plain first")
