"""Which page sent a form, and from which address; both as far as the request tells."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_same_origin(request: HttpRequest) -> bool:
    """Our own host, and no page of another site (nor a sandboxed one) behind the request.

    Every browser of today names the origin of a form; older ones name the page. What names
    neither is no browser, and has no cookie of someone else to abuse.
    """
    headers = request.headers
    if "Origin" in headers:
        return _is_ours(headers["Origin"], request)
    if "Sec-Fetch-Site" in headers:
        return headers["Sec-Fetch-Site"] in ("same-origin", "none")
    return "Referer" not in headers or _is_ours(headers["Referer"], request)


def _is_ours(address: str, request: HttpRequest) -> bool:
    found = urlsplit(address)
    if f"{found.scheme}://{found.netloc}" in settings.CSRF_TRUSTED_ORIGINS:
        return True
    return found.scheme in ("http", "https") and found.netloc == request.get_host()


def address_of(request: HttpRequest) -> str:
    """The sender's address, as the outermost proxy that we trust saw it. Kept for minutes only."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    trusted: int = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted:
        return hops[-trusted]
    return str(request.META.get("REMOTE_ADDR") or "")
