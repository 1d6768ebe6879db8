"""A whole visit with keys alone, and one with letters of twice the size."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.serving import Site

from .conftest import ROOM
from .test_room_in_a_browser import is_live, message

pytestmark = pytest.mark.e2e
Someone = Callable[..., Page]
FOCUSED = "one => one === document.activeElement"
LARGE = """
document.addEventListener("DOMContentLoaded", () => {
  document.documentElement.style.fontSize = "200%";
});
"""


def tab_to(page: Page, goal: Locator, key: str = "Tab") -> None:
    """Press Tab until it has the focus, as someone does who can't see what comes."""
    for _ in range(40):
        page.keyboard.press(key)
        if goal.count() == 1 and goal.evaluate(FOCUSED):
            return
    raise AssertionError(f"Tab does not get to {goal}")


def into(page: Page, there: Locator, goal: Locator) -> None:
    """From the composer to a message in the list, and on to something in it."""
    tab_to(page, page.get_by_role("log"), "Shift+Tab")
    page.keyboard.press("ArrowUp")
    while not there.evaluate(FOCUSED):
        page.keyboard.press("ArrowUp")
    tab_to(page, goal)


def choose(page: Page, mine: Locator, choice: str) -> None:
    """Something from the menu of a message whose button has the focus."""
    page.keyboard.press("Enter")
    item = mine.get_by_role("button", name=choice)
    expect(item).to_be_visible()
    tab_to(page, item)
    page.keyboard.press("Enter")


def test_everything_is_done_with_keys_and_the_focus_is_never_lost(
    someone: Someone, place: Site
) -> None:
    page = someone(path="/", width=1280)
    keys = page.keyboard
    tab_to(page, page.get_by_role("link", name="Bankje onder de linde"))
    keys.press("Enter")
    is_live(page)

    tab_to(page, page.get_by_label("Je bericht"))
    keys.type("Ik doe alles met toetsen.")
    keys.press("Enter")
    expect(page.get_by_label("Je naam")).to_be_focused()
    keys.type("Toetsenist")
    keys.press("Enter")
    mine = page.locator(f"#{message(page, 'alles met toetsen').get_attribute('id')}")
    expect(page.get_by_label("Je bericht")).to_be_focused()

    asked = message(page, "Een bankje zou fijn zijn.").first
    agree = asked.get_by_role("button", name="Eens", exact=False).first
    into(page, asked, agree)
    keys.press("Space")
    expect(agree).to_have_attribute("aria-pressed", "true")
    expect(agree).to_be_focused()
    tab_to(page, asked.get_by_role("button", name="Reageer"))
    keys.press("Enter")
    expect(page.get_by_label("Je bericht")).to_be_focused()
    keys.type("Daar zit ik graag.")
    keys.press("Enter")
    expect(message(page, "Daar zit ik graag.").locator(".quote")).to_be_visible()

    into(page, mine, mine.locator("summary"))
    choose(page, mine, "Aanpassen")
    expect(mine.get_by_label("Je bericht")).to_be_focused()
    keys.press("Control+End")
    keys.type(" Echt waar.")
    tab_to(page, mine.get_by_role("button", name="Bewaren"))
    keys.press("Enter")
    expect(mine).to_contain_text("Echt waar.")
    expect(mine).to_be_focused()

    tab_to(page, mine.locator("summary"))
    choose(page, mine, "Terugnemen")
    expect(page.get_by_role("dialog")).to_be_visible()
    keys.press("Enter")
    expect(mine).to_have_text(re.compile("teruggenomen"))
    expect(mine).to_be_focused()

    tab_to(page, page.get_by_role("searchbox", name="Zoek in deze kamer"), "Shift+Tab")
    keys.type("bankje")
    keys.press("Enter")
    expect(page).to_have_url(f"{place.url}/r/{ROOM}/zoeken/?q=bankje")
    tab_to(page, page.locator("main a[href*='/m/']").first)
    keys.press("Enter")
    expect(message(page, "Een bankje zou fijn zijn.").first).to_be_in_viewport()


def test_letters_of_twice_the_size_hide_nothing_and_need_no_sideways_scrolling(
    someone: Someone, place: Site
) -> None:
    page = someone(path="/")
    page.context.add_init_script(LARGE)
    page.goto(page.url)
    fits(page)
    page.get_by_role("link", name="Bankje onder de linde").click()
    is_live(page)
    fits(page)
    page.get_by_label("Je bericht").focus()
    page.get_by_label("Je naam").fill("Leesbril")
    page.get_by_label("Je bericht").fill("Zo kan ik het lezen.")
    page.get_by_role("button", name="Versturen", exact=True).click()
    mine = message(page, "Zo kan ik het lezen.")
    expect(mine.locator(".message-text")).to_be_in_viewport(ratio=1)
    fits(page)
    asked = message(page, "Een bankje zou fijn zijn.").first
    agree = asked.get_by_role("button", name="Eens").first
    agree.click()
    expect(agree).to_have_attribute("aria-pressed", "true")
    asked.get_by_role("button", name="Reageer").click()
    page.get_by_label("Je bericht").fill("Graag met een leuning.")
    page.get_by_role("button", name="Versturen", exact=True).click()
    expect(message(page, "met een leuning").locator(".quote")).to_be_visible()
    mine.locator("summary").click()
    mine.get_by_role("button", name="Terugnemen").click()
    page.get_by_role("dialog").get_by_role("button", name="Terugnemen").click()
    expect(page.locator(".tombstone", has_text="teruggenomen").last).to_be_visible()
    page.get_by_role("link", name="Over", exact=True).click()
    expect(page.get_by_role("heading", name="Wat je hier mag verwachten")).to_be_in_viewport()
    fits(page)
    page.get_by_role("link", name="Sluiten").last.click()
    page.get_by_label("Je bericht").click()
    expect(page.get_by_label("Je bericht")).to_be_in_viewport(ratio=1)


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
