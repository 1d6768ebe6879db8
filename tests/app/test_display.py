"""Larger letters and a simple view: remembered by one cookie, because someone asked."""

import pytest

from deliberation.people.display import CHOICES, COOKIE, Display
from tests.browsing import browser, words

pytestmark = pytest.mark.django_db
CHOSEN = {"text": "larger", "view": "simple", "live": "ask", "announce": "me", "nudge": "off"}


def test_nobody_who_did_not_ask_gets_a_cookie() -> None:
    page = browser().get("/weergave/?next=/privacy/")
    assert page.status_code == 200
    assert not page.cookies
    assert 'data-text="normal"' in page.content.decode()


def test_a_choice_holds_on_every_page_and_leads_back() -> None:
    client = browser()
    done = client.post("/weergave/", {**CHOSEN, "next": "/privacy/"})
    assert (done.status_code, done.headers["Location"]) == (303, "/privacy/")
    html = client.get("/privacy/").content.decode()
    for name, value in CHOSEN.items():
        assert f'data-{name}="{value}"' in html
    again = client.get("/weergave/").context["form"].initial
    assert again == CHOSEN


def test_the_cookie_holds_the_choices_and_nothing_else() -> None:
    client = browser()
    client.post("/weergave/", CHOSEN)
    assert client.cookies[COOKIE].value == "larger.simple.me.ask.off"
    assert client.cookies[COOKIE]["httponly"]


@pytest.mark.parametrize("cookie", ["", "....", "huge.simple", '"><script>', "larger", "a.b.c.d.e"])
def test_a_cookie_that_says_nothing_sensible_is_as_for_everyone(cookie: str) -> None:
    display = Display.kept(cookie)
    assert all(getattr(display, name) in values for name, values in CHOICES.items())
    client = browser()
    client.cookies[COOKIE] = cookie
    assert client.get("/privacy/").status_code == 200


def test_a_choice_that_does_not_exist_is_refused_in_words() -> None:
    page = browser().post("/weergave/", CHOSEN | {"text": "enormous"})
    assert page.status_code == 422
    assert "enormous is not one of the available choices" in words(page)


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_nobody_is_led_away(away: str) -> None:
    done = browser().post("/weergave/", CHOSEN | {"next": away})
    assert done.headers["Location"] == "/"
