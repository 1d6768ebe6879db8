"""Which page sent a request, and from which address; both as far as its headers tell.

Headers come as a mapping that is asked with lower-case names: Django's own, or that of a socket.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_same_origin(headers: Mapping[str, str], host: str) -> bool:
    """Whether no page of another site (nor a sandboxed one) is behind a request to `host`.

    Every browser of today names the origin of a form and of a WebSocket; older ones name the
    page. What names neither is no browser, and has no cookie of someone else to abuse.
    """
    if "origin" in headers:
        return _is_ours(headers["origin"], host)
    if "sec-fetch-site" in headers:
        return headers["sec-fetch-site"] in ("same-origin", "none")
    return "referer" not in headers or _is_ours(headers["referer"], host)


def address_of(headers: Mapping[str, str], peer: str) -> str:
    """The sender's address, as the outermost proxy that we trust saw it. Kept for minutes only."""
    hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",") if hop.strip()]
    trusted: int = settings.TRUSTED_PROXIES
    return hops[-trusted] if trusted and len(hops) >= trusted else peer


def address_of_request(request: HttpRequest) -> str:
    """`address_of` for a page request."""
    return address_of(request.headers, str(request.META.get("REMOTE_ADDR") or ""))


def _is_ours(address: str, host: str) -> bool:
    found = urlsplit(address)
    if f"{found.scheme}://{found.netloc}" in settings.CSRF_TRUSTED_ORIGINS:
        return True
    return found.scheme in ("http", "https") and found.netloc == host
