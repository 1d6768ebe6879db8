"""Structs inside a page: JSON that no text in it can break out of."""

import json

import msgspec
from django.utils.safestring import SafeString, mark_safe

from deliberation.protocol.codec import encode

_ESCAPED = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def embedded(struct: msgspec.Struct) -> SafeString:
    """The struct as JSON for a `<script type="application/json">`."""
    text = escaped(encode(struct).decode())
    return mark_safe(text)  # noqa: S308 - every character with a meaning in HTML is escaped


def as_json(content: object) -> SafeString:
    """Plain values in the same way."""
    text = escaped(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    return mark_safe(text)  # noqa: S308 - every character with a meaning in HTML is escaped


def escaped(text: str) -> str:
    """JSON in which no character has a meaning in HTML."""
    return text.translate(_ESCAPED)
