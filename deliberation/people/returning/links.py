"""Links in mail: signed, for one person, one purpose and one turn; over after an hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing

LIVES = timedelta(hours=1)
_KEEP, _RETURN = "returning.keep", "returning.return"


@dataclass(frozen=True)
class Keep:
    """`person` (an id) proves that `email` is theirs."""

    person: int
    turn: int
    email: str


@dataclass(frozen=True)
class Return:
    """Whoever has it goes on as `person` (an id)."""

    person: int
    turn: int


def keep_token(link: Keep, *, at: datetime) -> str:
    return _signed(_KEEP, [link.person, link.turn, link.email], at)


def return_token(link: Return, *, at: datetime) -> str:
    return _signed(_RETURN, [link.person, link.turn], at)


def kept(token: str, *, at: datetime) -> Keep | None:
    """What a token to keep an address says; None when it is none, or too old."""
    said = _opened(_KEEP, token, at)
    return Keep(*said) if said is not None and len(said) == 3 else None


def returned(token: str, *, at: datetime) -> Return | None:
    """What a token to come back says; None when it is none, or too old."""
    said = _opened(_RETURN, token, at)
    return Return(*said) if said is not None and len(said) == 2 else None


def _signed(purpose: str, said: list[Any], at: datetime) -> str:
    return signing.dumps([int(at.timestamp()), *said], salt=purpose)


def _opened(purpose: str, token: str, at: datetime) -> list[Any] | None:
    try:
        made, *said = signing.loads(token, salt=purpose)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return said if at.timestamp() - made < LIVES.total_seconds() else None
