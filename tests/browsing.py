"""A browser without scripts: Django's client, and what people see in its answers."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from deliberation.kernel import clock as time
from deliberation.people import pace
from deliberation.people.models import Person
from deliberation.people.signin import DEMO

from .fakes import Clock

_SCRIPTS = re.compile(r"<(script|style).*?</\1>", re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")
DUTCH = {"HTTP_ACCEPT_LANGUAGE": "nl"}
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


def words(response: HttpResponse) -> str:
    """The text of a page, in one line."""
    html = response.content.decode()
    return " ".join(unescape(_TAGS.sub(" ", _SCRIPTS.sub(" ", html))).split())


def hidden(response: HttpResponse, name: str) -> str:
    """The value of a hidden field."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', response.content.decode())
    assert tag, f"no field {name}"
    value = re.search(r'value="([^"]*)"', tag[0])
    return unescape(value[1]) if value else ""


def browser(person: Person | None = None) -> Client:
    """Someone's browser; staff have shown their second factor."""
    client = Client(**ENGLISH)
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["account_authentication_methods"] = [{"method": DEMO}]
        session.save()
    return client


@pytest.fixture
def evening(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """Pages live in the same evening as the builders, with fresh limits."""
    monkeypatch.setattr(time, "now", clock)
    for name in ("JOINS", "FORMS", "WRITING", "MAILS", "LINKS", "DOWNLOADS"):
        monkeypatch.setattr(pace, name, type(pace.JOINS)(getattr(pace, name).rate))
    return clock
