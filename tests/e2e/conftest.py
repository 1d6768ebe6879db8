"""A real browser on a real server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from deliberation.config.themes import theme
from tests.serving import Site, site

ROOM = "plein"
A_ROOM = f"""
from tests import given
from rooms.services import message_post
from deliberation.kernel.clock import now
from deliberation.kernel.ids import new_ref
room = given.a_room({ROOM!r}, at=now())
author = given.a_resident("Joke")
body = "Een bankje zou fijn zijn."
thread = given.a_thread(room, "Bankje onder de linde", by=author, at=now(), body=body)
print(thread.pk)
"""
expect.set_options(timeout=30_000)  # a busy machine, a server that starts again
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server with one open room and one conversation in it."""
    with site(Path(tmp_path_factory.mktemp("e2e"))) as running:
        running.script(A_ROOM)
        yield running


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="package")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """One for all tests of a process; each opens a context of its own in it."""
    found = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
    yield found
    found.close()


@pytest.fixture
def someone(browser: Browser, place: Site) -> Iterator[Callable[..., Page]]:
    """Opens the room in a browser of its own; fails on any script error or foreign request."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(
        *, scripts: bool = True, width: int = 390, path: str = f"/r/{ROOM}/", cookie: str = ""
    ) -> Page:
        context = browser.new_context(
            java_script_enabled=scripts,
            locale="nl-NL",
            viewport={"width": width, "height": 780},
        )
        contexts.append(context)
        if cookie:
            name, _, value = cookie.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": place.url}])
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: _must_be_ours(request.url, place, wrong))
        page.goto(place.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def dressed(context: BrowserContext, name: str) -> BrowserContext:
    """With this theme, whatever the site's own is."""
    css = theme(name).css
    context.route("**/theme.css*", lambda route: route.fulfill(body=css, content_type="text/css"))
    return context


def until(page: Page, asked: str) -> None:
    """Wait until an async function says so. Playwright's own wait takes a promise for a yes."""
    assert page.evaluate(
        f"""async () => {{
          for (let tries = 0; tries < 600; tries++) {{
            if (await ({asked})()) return true;
            await new Promise((next) => setTimeout(next, 50));
          }}
        }}"""
    ), asked


def _must_be_ours(url: str, place: Site, wrong: list[str]) -> None:
    if not url.startswith((place.url, place.url.replace("http", "ws"), "data:")):
        wrong.append(f"a request to a third party: {url}")
