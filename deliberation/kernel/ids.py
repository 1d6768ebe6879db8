"""Identifiers that are made rather than counted."""

from uuid import UUID, uuid4, uuid5

_NAMESPACE = UUID("6f0f6b54-3f0c-4c1c-9a55-6f4f1d0c2b11")


def new_ref() -> UUID:
    """A fresh reference for a command; a retry must carry the same one."""
    return uuid4()


def derived_ref(*parts: object) -> UUID:
    """The same parts always give the same reference, so that an import can be repeated."""
    return uuid5(_NAMESPACE, "\x1f".join(map(str, parts)))


def new_epoch() -> str:
    """Names one history of a log: 32 hexadecimal digits."""
    return uuid4().hex
