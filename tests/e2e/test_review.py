"""A community manager looks at suggestions by keyboard alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Site, site

from .test_room_in_a_browser import A_MANAGER

pytestmark = pytest.mark.e2e
Someone = Callable[..., Page]
REVIEW = "/beheer/agenda/kade/"
SUGGESTIONS = """
from deliberation.agenda.models import Need
from deliberation.kernel.clock import now
from rooms.models import Room
from tests import given
from tests.agenda.given import a_suggestion
room = Room.objects.filter(slug="plein").first() or given.a_room("plein", at=now())
Need.objects.all().delete()
for title in ("Een zebrapad.", "Meer licht.", "Een bankje.", "Minder hard rijden."):
    a_suggestion(room, [title, "Dat wil ik ook heel graag.", "En ik zeker ook."], at=now())
"""
STATES = """
from deliberation.agenda.models import Need
from deliberation.agenda.selectors.words import titles
found = Need.objects.order_by("pk")
title = titles([need.pk for need in found])
print("; ".join(f"{title[need.pk]} {need.state}" for need in found))
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server whose suggestions stay as they are: its own summary is off."""
    folder = Path(tmp_path_factory.mktemp("review"))
    with site(folder, environment={"DELIBERATION_SUMMARY": "off"}) as running:
        yield running


@pytest.fixture(scope="module")
def cookie(place: Site) -> str:
    """A manager's session."""
    return place.script(A_MANAGER).strip()


@pytest.fixture
def reviewing(place: Site, cookie: str, someone: Someone) -> Page:
    place.script(SUGGESTIONS)
    page = someone(width=1280, path=REVIEW, cookie=cookie)
    expect(page.get_by_role("button", name="Toetsen")).to_be_visible()
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def at(page: Page, title: str) -> None:
    """The suggestion that one is at."""
    expect(page.locator("#now")).to_have_text(title)


def test_the_whole_queue_is_looked_at_without_a_mouse(place: Site, reviewing: Page) -> None:
    page = reviewing
    at(page, "Een zebrapad.")
    press(page, "j")
    at(page, "Meer licht.")
    press(page, "k")
    at(page, "Een zebrapad.")

    press(page, "a")
    at(page, "Meer licht.")
    expect(page.locator(".review__done")).to_contain_text("Een zebrapad.")
    expect(page.locator("#now")).to_be_focused()

    press(page, "e")
    expect(page.get_by_label("Titel")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Meer licht op de Kade")
    press(page, "Tab")
    page.get_by_role("button", name="Zo op de agenda zetten").focus()
    press(page, "Enter")
    at(page, "Een bankje.")

    press(page, "d", "ArrowDown", "Enter")
    at(page, "Minder hard rijden.")

    press(page, "u")
    at(page, "Een bankje.")

    press(page, "m")
    expect(page.get_by_label("Alles gaat naar deze behoefte:")).to_be_focused()
    press(page, "ArrowDown", "Tab", "Enter")
    at(page, "Minder hard rijden.")

    press(page, "s", "Space")
    page.get_by_role("button", name="Nieuwe behoefte maken").focus()
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 te bekijken")

    found = place.script(STATES).strip().split("; ")
    assert found[0] == "Een zebrapad. on_agenda"
    assert found[1] == "Meer licht op de Kade on_agenda"
    assert found[2] == "Een bankje. closed"
    assert len(found) == 5


def test_help_lists_the_keys_and_switches_them_off(reviewing: Page) -> None:
    page = reviewing
    press(page, "?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Toetsen uitzetten op dit apparaat").check()
    press(page, "Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("kbd[data-keys]").first).to_be_hidden()
    press(page, "j")
    page.reload()
    at(page, "Een zebrapad.")
    press(page, "j")
    at(page, "Een zebrapad.")


def test_a_letter_in_a_field_is_a_letter(reviewing: Page) -> None:
    page = reviewing
    press(page, "e")
    field = page.get_by_label("Titel")
    expect(field).to_be_focused()
    press(page, "End")
    page.keyboard.type("jad")
    expect(field).to_have_value("Een zebrapad.jad")
    press(page, "Escape")
    expect(page.locator("details[data-key=e] > summary")).to_be_focused()


def test_without_scripts_the_same_forms_do_it(place: Site, cookie: str, someone: Someone) -> None:
    place.script(SUGGESTIONS)
    page = someone(width=390, path=REVIEW, cookie=cookie, scripts=False)
    page.get_by_role("button", name="Op de agenda zetten").first.click()
    at(page, "Meer licht.")
    page.locator("summary", has_text="Afwijzen").click()
    page.get_by_role("button", name="Afwijzen").click()
    at(page, "Een bankje.")
    page.locator(".review__done").get_by_role("button", name="Ongedaan maken").click()
    at(page, "Meer licht.")
