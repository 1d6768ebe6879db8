"""The site as an app: what someone read last stays readable, and what they write is not lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Site

from .conftest import ROOM, until
from .test_room_in_a_browser import is_live, message, write

pytestmark = pytest.mark.e2e
Someone = Callable[..., Page]
IN_CHARGE = "() => navigator.serviceWorker.controller !== null"


def read(page: Page) -> None:
    """Once more, now that the service worker is in charge."""
    page.wait_for_function(IN_CHARGE)
    page.reload()
    is_live(page)


def test_a_conversation_opens_without_a_line_and_sends_later(someone: Someone) -> None:
    page, reader = someone(), someone()
    is_live(page)
    write(page, "Toen ik nog verbinding had.", name="Onderweg")
    expect(message(page, "nog verbinding had")).to_be_visible()
    read(page)
    page.context.set_offline(True)
    page.reload()
    expect(message(page, "nog verbinding had")).to_be_visible()
    expect(page.locator(".live-line--offline")).to_be_visible()
    write(page, "Dit schreef ik in de tunnel.")
    expect(page.locator(".message--unsent")).to_contain_text("in de tunnel")
    page.reload()
    expect(page.locator(".message--unsent")).to_contain_text("in de tunnel")
    page.context.set_offline(False)
    expect(message(reader, "in de tunnel")).to_be_visible()


def test_a_page_that_is_not_kept_says_that_there_is_no_line(someone: Someone) -> None:
    page = someone()
    read(page)
    page.context.set_offline(True)
    page.goto(page.url.split("/r/")[0] + "/privacy/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Geen verbinding")


def test_who_signs_out_leaves_no_pages_behind(someone: Someone, place: Site) -> None:
    page = someone()
    write(page, "Op een gedeelde tablet.", name="Gast")
    expect(message(page, "gedeelde tablet")).to_be_visible()
    read(page)
    page.goto(place.url + "/accounts/logout/")
    page.get_by_role("main").get_by_role("button").first.click()
    until(page, "async () => !(await caches.has('pages-1'))")
    page.context.set_offline(True)
    page.goto(f"{place.url}/r/{ROOM}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Geen verbinding")


def test_it_can_be_installed(someone: Someone, place: Site) -> None:
    page = someone()
    tools = page.context.new_cdp_session(page)
    found = tools.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == f"{place.url}/manifest.webmanifest"
    errors = tools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in errors] in ([], ["in-incognito"])
