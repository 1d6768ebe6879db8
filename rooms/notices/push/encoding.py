"""Bytes as Web Push writes them: base64url without padding."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Raises ValueError for what is no base64url."""
    raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encoded(raw) != text.rstrip("="):
        raise ValueError("not base64url")
    return raw
