"""Links in mail: signed, for one person and one purpose."""

from django.core import signing

CONFIRM, STOP = "digest.confirm", "digest.stop"
WEEK = 7 * 24 * 3600  # seconds in which an address is confirmed


def made(purpose: str, person: int, email: str) -> str:
    """A token that holds for this address only: another address, another token."""
    return signing.dumps([person, email], salt=purpose)


def opened(purpose: str, token: str) -> tuple[int, str] | None:
    """The person and the address a token is for; None when it is none, or too old to confirm."""
    age = WEEK if purpose == CONFIRM else None
    try:
        person, email = signing.loads(token, salt=purpose, max_age=age)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(person), str(email)
