"""Pages about what someone wrote, and those of managers: words only, whatever they say."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from deliberation.kernel.text import message_text
from tests.serving import Site

from .conftest import SENTINEL, Open
from .texts import CORE

pytestmark = pytest.mark.e2e
# Someone who writes such things, is answered in kind, and a manager who has to do with them.
WRITTEN = """
import json
from deliberation.config.members import sign_in
from deliberation.kernel.clock import now
from rooms.notices.following import notices_follow
from tests import given
from tests.live.preparing import signed_in_with_code
texts, at, manager = json.loads({texts!r}), now(), given.a_manager("Sanne")
room = given.a_room("mijn", by=manager, at=at)
author = given.a_resident("<script>hit()</script>")
other = given.a_resident("<img src=x onerror=hit()>")
thread = given.a_thread(room, texts[0][:120], by=author, at=at)
for text in texts:
    mine = given.a_message(room, thread, text, by=author, at=at)
    given.a_message(room, thread, text, by=other, at=at, reply_to=mine.pk)
notices_follow(at=at)
(cookie,) = sign_in([author])
print(json.dumps([mine.pk, cookie, signed_in_with_code(manager)]))
"""


@pytest.fixture(scope="module")
def written(place: Site) -> tuple[int, str, str]:
    """The last message, and the cookies of its author and of a manager."""
    found: tuple[int, str, str] = tuple(
        json.loads(place.script(WRITTEN.format(texts=json.dumps(CORE[::4]))))
    )
    return found


def test_pages_about_what_someone_wrote_are_words_only(
    opened: Open, written: tuple[int, str, str]
) -> None:
    message, cookie, _ = written
    sent = {message_text(body) for body in CORE[::4]}
    page = opened("/jij/", cookie=cookie)
    shown = page.locator(".mine__words").all_text_contents()
    assert shown
    assert set(shown) <= sent
    site = page.url.removesuffix("/jij/")
    page.goto(f"{site}/meldingen/")
    told = page.locator(".notice-line p[dir=auto]").all_text_contents()
    assert told
    assert all(any(one.startswith(text.removesuffix("…")) for one in sent) for text in told)
    page.goto(f"{site}/r/mijn/m/{message}/edit")
    assert page.locator("[name=body]").input_value() in sent
    page.goto(f"{site}/r/mijn/m/{message}/retract")
    page.goto(f"{site}/r/mijn/zoeken/?q=hit")
    found = page.locator(".hit__text").all_text_contents()
    assert found
    assert all(any(text.strip("…") in one for one in sent) for text in found)


def test_pages_of_managers_are_words_only(opened: Open, written: tuple[int, str, str]) -> None:
    message, _, cookie = written
    page = opened("/beheer/", cookie=cookie)
    site = page.url.removesuffix("/beheer/")
    desk, thing = f"{site}/beheer/r/mijn", f"{site}/r/mijn/m/{message}"
    for address in (f"{desk}/", f"{desk}/charter", f"{desk}/starters", f"{thing}/hide"):
        page.goto(address)
        assert page.locator("h1").count() == 1, address
    page.goto(f"{thing}/ban")
    assert page.locator("h1").count() == 1


def test_a_page_that_was_taken_home_is_words_only(
    browser: Browser, opened: Open, written: tuple[int, str, str], tmp_path: Path
) -> None:
    """It is opened from a disk, where no policy of ours protects anyone."""
    page = opened("/jij/", cookie=written[1])
    taken = tmp_path / "mine.html"
    taken.write_bytes(page.request.get(f"{page.url}gegevens.html").body())
    context = browser.new_context()
    context.add_init_script(SENTINEL)
    home = context.new_page()
    home.goto(taken.as_uri())
    assert "<script>hit()</script>" in home.locator("body").inner_text()
    assert home.evaluate("window.ran") == []
    context.close()
