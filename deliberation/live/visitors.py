"""Who is on the other end: from the request's headers, before a frame is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from deliberation.people.actors import era_of
from deliberation.people.models import Person
from deliberation.people.origin import address_of, is_same_origin
from deliberation.people.signin import person_of

Scope = dict[str, Any]
SessionStore = import_module(settings.SESSION_ENGINE).SessionStore


@dataclass(frozen=True)
class Visitor:
    """`person` is None for who only reads; `address` never leaves the limiter's memory.

    `era` is that of the person as they came in (`Standing`).
    """

    person: int | None
    era: int
    session: str
    language: str
    address: str


def headers_of(scope: Scope) -> dict[str, str]:
    """The last value of each header, by lower-case name."""
    return {name.decode("latin1"): value.decode("latin1") for name, value in scope["headers"]}


def same_origin(scope: Scope) -> bool:
    """Our own host, and no page of another site behind the request."""
    headers = headers_of(scope)
    host = headers.get("host", "")
    known = validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
    return known and is_same_origin(headers, host)


def visitor_of(scope: Scope) -> Visitor:
    """Who sent this. Reads the session from the database: call it on a database thread."""
    headers = headers_of(scope)
    cookies = _cookies(headers)
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    person = _person(key)
    return Visitor(
        person=person.pk if person else None,
        era=era_of(person.password) if person else 0,
        session=key,
        language=language_of(headers),
        address=address_of(headers, str((scope.get("client") or ("",))[0])),
    )


def _cookies(headers: Mapping[str, str]) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie")).items()}
    except CookieError:
        return {}


def _person(key: str) -> Person | None:
    return person_of(SessionStore(key)) if key else None


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
