"""The styleguide shows what the pages themselves are made of."""

import re

import pytest

from deliberation.config.environment import ROOT
from tests.browsing import DUTCH, browser, words

pytestmark = pytest.mark.django_db
TEMPLATES = ROOT / "rooms/templates/rooms"
# Parts of forms with a room of their own behind them, and a list made of the parts below it.
ELSEWHERE = {"_charter_fields.html", "_talks.html"}


def test_every_part_that_pages_share_is_shown() -> None:
    answer = browser().get("/styleguide/")
    shown = {template.name.removeprefix("rooms/") for template in answer.templates}
    shared = {path.name for path in TEMPLATES.glob("_*.html")}
    assert shared - shown == ELSEWHERE


def test_every_token_of_a_theme_is_a_colour_to_look_at() -> None:
    tokens = (ROOT / "deliberation/config/themes/linde.json").read_text()
    wanted = set(re.findall(r'"([a-z-]+)": "#', tokens))
    page = browser().get("/styleguide/").content.decode()
    style = (ROOT / "frontend/src/styles/styleguide.css").read_text()
    assert set(re.findall(r"swatch__colour--([a-z-]+)", page)) == wanted
    assert set(re.findall(r"swatch__colour--([a-z-]+)", style)) == wanted


def test_every_state_of_a_message_has_its_place() -> None:
    page = browser().get("/styleguide/").content.decode()
    assert page.count('class="message') - page.count('class="message-') >= 16
    assert page.count('<p class="tombstone"') == 4
    assert "Row(" not in page


def test_no_identifier_stands_twice() -> None:
    page = browser().get("/styleguide/").content.decode()
    found = re.findall(r' id="([^"]*)"', page)
    assert sorted(found) == sorted(set(found))


def test_it_reads_in_dutch_and_is_found_from_the_page_about_the_software() -> None:
    assert "Bouwstenen" in words(browser().get("/styleguide/", **DUTCH))
    assert 'href="/styleguide/"' in browser().get("/over/").content.decode()
