"""Who is on the other end: from the request's headers, before a frame is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from deliberation.people.signin import person_of

Scope = dict[str, Any]
SessionStore = import_module(settings.SESSION_ENGINE).SessionStore


@dataclass(frozen=True)
class Visitor:
    """`person` is None for who only reads; `address` never leaves the limiter's memory."""

    person: int | None
    session: str
    language: str
    address: str


def headers_of(scope: Scope) -> dict[str, str]:
    """The last value of each header, by lower-case name."""
    return {name.decode("latin1"): value.decode("latin1") for name, value in scope["headers"]}


def same_origin(scope: Scope) -> bool:
    """Our own host, and no page of another site (nor a sandboxed one) behind the request.

    A browser always names the origin of a WebSocket and of a POST; a program need not.
    """
    headers = headers_of(scope)
    host = headers.get("host", "")
    if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        return False
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "none") in ("none", "same-origin")
    return urlsplit(origin).netloc == host or origin in settings.CSRF_TRUSTED_ORIGINS


def visitor_of(scope: Scope) -> Visitor:
    """Who sent this. Reads the session from the database: call it on a database thread."""
    headers = headers_of(scope)
    cookies = _cookies(headers)
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    return Visitor(
        person=_person(key),
        session=key,
        language=language_of(headers),
        address=address_of(scope, headers),
    )


def address_of(scope: Scope, headers: Mapping[str, str]) -> str:
    """The client's address, as the outermost proxy that we trust saw it."""
    hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted:
        return hops[-trusted]
    return str((scope.get("client") or ("",))[0])


def _cookies(headers: Mapping[str, str]) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie")).items()}
    except CookieError:
        return {}


def _person(key: str) -> int | None:
    if not key:
        return None
    person = person_of(SessionStore(key))
    return person.pk if person else None


def language_of(headers: Mapping[str, str]) -> str:
    """The language someone chose, else the first of their browser's that we speak."""
    cookies = _cookies(headers)
    wished = [cookies.get(settings.LANGUAGE_COOKIE_NAME, "")]
    wished += [tag for tag, _ in parse_accept_lang_header(headers.get("accept-language", ""))]
    for tag in wished:
        try:
            return get_supported_language_variant(tag)
        except LookupError:
            continue
    return str(settings.LANGUAGE_CODE)
