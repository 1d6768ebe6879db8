"""Titles, names, reasons, charters and what is looked for: words only, whatever they say."""

import json
from urllib.parse import quote

import pytest

from deliberation.kernel.text import line
from tests.serving import Site

from .conftest import Open
from .texts import CORE

pytestmark = pytest.mark.e2e
# A room whose conversations, people, reasons and charter are all called so.
CALLED = """
import json
from datetime import timedelta
from deliberation.kernel.clock import now
from deliberation.kernel.ids import new_ref
from deliberation.kernel.text import line
from moderation.services import message_hide
from rooms.services import room_mode, room_open
from tests import given
texts, at, manager = json.loads({texts!r}), now(), given.a_manager()
acting, whole = given.acting(manager, at=at), " ".join(texts)[:900]
charter = dict.fromkeys(("purpose", "question", "outcome", "moderators"), whole)
room = given.a_draft("vreemd", by=manager, **charter)
room_open(actor=acting, room=room, at=at)
people = given.a_thread(room, "Mensen", at=at)
for text in texts:
    given.a_thread(room, text[:120], at=at)
    author = given.a_resident(line(text, limit=2000)[:40])
    given.a_message(room, people, "Hallo.", by=author, at=at)
    message = given.a_message(room, people, "Weg.", by=author, at=at)
    message_hide(
        actor=acting, room=room, ref=new_ref(), message=message.pk, ground="insult",
        reason=text[:500], at=at
    )
room_mode(
    actor=acting, room=room, ref=new_ref(), mode="slow", reason=whole[:500], slow_seconds=60,
    until=at + timedelta(days=1), at=at,
)
print(people.pk)
"""
SEEN = """
() => [
  document.querySelector("h1").textContent, document.querySelector("[name=q]").value,
  [...window.ran, ...window.blocked],
]
"""


@pytest.mark.parametrize("scripts", [True, False])
def test_titles_names_reasons_and_charters_are_words_only(
    opened: Open, called: int, scripts: bool
) -> None:
    page = opened(f"/r/vreemd/t/{called}/", scripts=scripts)
    if scripts:
        page.wait_for_selector(".live-line--live")
    page.locator(".tombstones summary").evaluate_all("all => all.forEach((one) => one.click())")
    titles = set(page.locator(".thread-title").all_text_contents())
    assert titles == {"Mensen", *(line(text[:120], limit=2000) for text in CORE)}
    names = page.locator(".message-author").all_text_contents()
    assert [name.strip() for name in names[1:]] == [
        line(text, limit=2000)[:40].strip() for text in CORE[-len(names[1:]) :]
    ]
    for path in ("/", "/n/kade/", "/r/vreemd/charter/", "/r/vreemd/zoeken/?person=hit"):
        page.goto(page.url.split("/r/")[0] + path)


@pytest.fixture(scope="module")
def called(place: Site) -> int:
    return int(place.script(CALLED.format(texts=json.dumps(CORE))))


def test_what_is_looked_for_is_words_only(opened: Open, called: int) -> None:
    page = opened("/r/vreemd/zoeken/")
    start = page.url
    for text in CORE:
        page.goto(f"{start}?q={quote(text[:200])}&person={quote(text[:40])}&from={quote(text)}")
        heading, field, wrong = page.evaluate(SEEN)
        assert (heading, wrong) == ("Zoek in deze kamer", [])
        assert field == text[:200].replace("\n", "").replace("\r", "").replace("\0", "�")
