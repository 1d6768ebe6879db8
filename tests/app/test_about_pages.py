"""Pages around the room: what is going on, whom you meet, and what you may expect."""

import pytest
from django.test import override_settings

from deliberation import __version__
from rooms.models import Room
from tests import given
from tests.browsing import DUTCH, browser, evening, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.mark.parametrize(
    "address", ["toegankelijkheid", "over", "privacy", "huisregels", "jij", "jij/gewist"]
)
def test_they_read_in_both_languages_without_a_cookie(address: str) -> None:
    english = browser().get(f"/{address}/".replace("gewist/", "gewist"))
    dutch = browser().get(f"/{address}/".replace("gewist/", "gewist"), **DUTCH)
    assert english.status_code == dutch.status_code == 200
    assert words(english) != words(dutch)
    assert not english.cookies


def test_every_page_leads_to_them() -> None:
    footer = browser().get("/").content.decode().partition("site-footer")[2]
    for address in ("/huisregels/", "/privacy/", "/toegankelijkheid/", "/over/"):
        assert f'href="{address}"' in footer


def test_the_software_says_which_version_runs_and_where_its_source_is() -> None:
    with override_settings(SOURCE_URL="https://code.kade.test/"):
        page = browser().get("/over/")
    assert f"Version {__version__}" in words(page)
    assert 'href="https://code.kade.test/"' in page.content.decode()


def test_home_tells_how_to_take_part_without_internet(room: Room) -> None:
    assert "write it down for you" in words(browser().get("/"))
    with override_settings(OFFLINE="Dinsdag in de bieb.", CONTACT="Bel 14 000."):
        seen = words(browser().get("/"))
    assert "Dinsdag in de bieb." in seen
    assert "Bel 14 000." in seen
    assert "write it down for you" not in seen


def test_a_neighbourhood_shows_the_staff_who_write_there_with_their_badge(room: Room) -> None:
    given.a_message(room, by=given.an_official("Olaf"))
    given.a_message(room, by=given.a_resident("Fatima"))
    given.an_official("Nergens")
    seen = words(browser().get("/n/kade/"))
    assert "Olaf Municipality" in seen
    assert "Fatima" not in seen
    assert "Nergens" not in seen
