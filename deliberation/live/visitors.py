"""Who is on the other end: from the request's headers, before a frame is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import era_of
from deliberation.people.models import Person
from deliberation.people.origin import address_of, is_same_origin
from deliberation.people.signin import person_of
from rooms.selectors.meetings import screen_by_token

Scope = dict[str, Any]
SessionStore = import_module(settings.SESSION_ENGINE).SessionStore


@dataclass(frozen=True)
class Display:
    """A screen in a hall: its id, and the one room that it reads."""

    screen: int
    room: str


@dataclass(frozen=True)
class Visitor:
    """`person` is None for who only reads; `address` never leaves the limiter's memory.

    `era` is that of the person as they came in (`Standing`). `display`: it is no person but a
    screen, whoever else is signed in on that computer.
    """

    person: int | None
    era: int
    session: str
    language: str
    address: str
    display: Display | None = None

    def require_room(self, slug: str) -> None:
        """A screen reads its own room alone. Raises Refused."""
        if self.display is not None and self.display.room != slug:
            raise screen_off()


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
    """Who sent this. Raises Refused for a screen that is off.

    Reads the session from the database: call it on a database thread.
    """
    headers = headers_of(scope)
    display = _display(scope)
    key = "" if display else _cookies(headers).get(settings.SESSION_COOKIE_NAME, "")
    person = _person(key)
    return Visitor(
        person=person.pk if person else None,
        era=era_of(person.password) if person else 0,
        session=key,
        language=language_of(headers),
        address=address_of(headers, str((scope.get("client") or ("",))[0])),
        display=display,
    )


def _display(scope: Scope) -> Display | None:
    """The screen whose token stands in the address. Raises Refused where it is off."""
    token = parse_qs(scope["query_string"].decode("latin1")).get("display", [""])[-1]
    if not token:
        return None
    screen = screen_by_token(token)
    if screen is None:
        raise screen_off()
    return Display(screen.pk, screen.meeting.room.slug)


def screen_off() -> Refused:
    return Refused(
        "screen_off",
        gettext_noop("This screen was switched off. Ask who runs the meeting for another address."),
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
