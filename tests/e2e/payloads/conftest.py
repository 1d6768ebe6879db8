"""A server without limits of pace, and a browser that tells what ran and what was blocked."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.conftest import A_ROOM, ROOM
from tests.serving import Site, site

Open = Callable[..., Page]
UNWATCHED = f"""
from rooms.models import Room
from tests import given
given.unwatched(Room.objects.get(slug={ROOM!r}))
"""
SENTINEL = """
window.ran = []; window.blocked = [];
window.hit = () => window.ran.push(document.location.href);
document.addEventListener("securitypolicyviolation", (event) =>
  window.blocked.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    settings = {"DELIBERATION_RATE_LIMITS": "off"}
    with site(Path(tmp_path_factory.mktemp("payloads")), environment=settings) as running:
        running.script(A_ROOM)
        # Hundreds of strings that are nearly alike, by one writer: a watch would hold them back.
        running.script(UNWATCHED)
        yield running


@pytest.fixture
def opened(browser: Browser, place: Site) -> Iterator[Open]:
    """Opens an address; afterwards nothing ran, was blocked, or came from elsewhere."""
    contexts: list[BrowserContext] = []
    pages: list[Page] = []
    wrong: list[str] = []

    def open_page(path: str, *, scripts: bool = True, cookie: str = "") -> Page:
        context = browser.new_context(java_script_enabled=scripts, locale="nl-NL")
        contexts.append(context)
        if cookie:
            name, _, value = cookie.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": place.url}])
        context.add_init_script(SENTINEL)
        page = context.new_page()
        pages.append(page)
        ours = (place.url, place.url.replace("http", "ws"), "data:")
        page.on("request", lambda one: one.url.startswith(ours) or wrong.append(one.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.goto(place.url + path)
        return page

    yield open_page
    for page in pages:
        wrong += page.evaluate("[...(window.ran ?? []), ...(window.blocked ?? [])]")
    for context in contexts:
        context.close()
    assert wrong == []
