"""A resident reports, a manager decides, another looks again: side by side in Debian's Chromium."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.serving import Site, site

pytestmark = pytest.mark.e2e
Someone = Callable[..., Page]
WORDS = "Jij bent echt een oen."
CASES = 50
MOST_KEYS = 4  # presses for a decision of a common kind
SCENE = f"""
import json
from deliberation.config.members import sign_in
from deliberation.kernel.clock import now
from deliberation.kernel.ids import new_ref
from moderation.services import message_report
from rooms.models import Room
from tests import given
from tests.live.preparing import signed_in_with_code
room, hof = given.a_room("plein", at=now()), given.a_room("hof", at=now())
for one in (room, hof):
    given.unwatched(one)
writer, reader = given.a_resident("Boos"), given.a_resident("Fatima")
thread = given.a_thread(room, "Bankje onder de linde", by=reader, at=now())
message = given.a_message(room, thread, {WORDS!r}, by=writer, at=now())
flat = given.a_thread(hof, "De flat", by=reader, at=now())
for number in range({CASES}):
    about = given.a_message(hof, flat, f"Scheldwoord nummer {{number}}.", by=writer, at=now())
    message_report(
        actor=given.acting(reader, at=now()) if number < 5 else
            given.acting(given.a_resident(f"Melder {{number}}"), at=now()),
        room=hof, ref=new_ref(), message=about.pk, ground="insult", at=now(),
    )
(of_writer,), (of_reader,) = list(sign_in([writer])), list(sign_in([reader]))
print(json.dumps({{
    "message": message.pk, "thread": thread.pk, "writer": of_writer, "reader": of_reader,
    "mieke": signed_in_with_code(given.a_manager("Mieke")),
    "ada": signed_in_with_code(given.an_administrator("Ada")),
}}))
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = Path(tmp_path_factory.mktemp("moderation"))
    with site(folder, environment={"DELIBERATION_SUMMARY": "off"}) as running:
        yield running


@pytest.fixture(scope="module")
def made(place: Site) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(place.script(SCENE))
    return found


def in_room(page: Page, words: str) -> Locator:
    return page.locator("article.message", has_text=words)


def has_keys(page: Page) -> None:
    expect(page.get_by_role("button", name="Toetsen")).to_be_visible()


def press(page: Page, *keys: str) -> int:
    """Returns how many keys were pressed."""
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


def test_from_report_to_hidden_to_appeal_to_back_again(
    someone: Someone, made: dict[str, Any]
) -> None:
    room = f"/r/plein/t/{made['thread']}"
    writer, reader = (someone(path=room, cookie=made[who]) for who in ("writer", "reader"))
    stranger = someone(path=room)
    for page in (writer, reader, stranger):
        expect(page.locator(".live-line--live")).to_be_visible()

    in_room(reader, WORDS).get_by_label("Meer over het bericht van Boos").click()
    in_room(reader, WORDS).get_by_role("link", name="Melden").click()
    reader.get_by_role("button", name="Beledigt iemand").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Dank je. We gaan ernaar kijken.")
    receipt = reader.url
    expect(in_room(stranger, WORDS)).to_be_visible()

    manager = someone(path="/moderatie/", width=1280, cookie=made["mieke"])
    manager.locator(".review__queue a", has_text=WORDS).click()
    expect(manager.locator(".queue__words")).to_have_text(WORDS)
    manager.locator("summary", has_text="Verbergen").click()
    opened = manager.locator("details[open]")
    opened.get_by_label("Beledig niemand").check()
    opened.get_by_role("button", name="Verbergen", exact=True).click()
    expect(manager.locator(".review__done")).to_be_visible()

    for page in (writer, stranger):
        expect(in_room(page, WORDS)).to_have_count(0)
        expect(page.locator(".tombstone")).to_contain_text("beledigt iemand")
    reader.goto(receipt)
    expect(reader.get_by_text("Het bericht is verborgen.")).to_be_visible()

    writer.get_by_role("link", name="Waarom?").click()
    expect(writer.get_by_text(WORDS)).to_be_visible()
    writer.get_by_role("link", name="Vraag een ander om opnieuw te kijken").click()
    writer.get_by_label("Waarom ben je het niet eens? Je mag dit leeg laten.").fill(
        "Het was een grapje."
    )
    writer.get_by_role("button", name="Vragen").click()
    decision = writer.url.partition("#")[0]

    manager.goto(decision)
    expect(manager.get_by_role("link", name="Kijk opnieuw")).to_have_count(0)
    other = someone(path="/moderatie/", width=390, cookie=made["ada"])
    other.locator(".review__queue a", has_text="Het was een grapje.").click()
    other.get_by_role("link", name="Kijk opnieuw").click()
    other.get_by_label("Het besluit terugdraaien").check()
    other.get_by_label("Jouw antwoord, en waarom").fill("Onder buren mag dit.")
    other.get_by_role("button", name="Beslissen").click()

    expect(in_room(stranger, WORDS)).to_be_visible()
    writer.goto("/".join(writer.url.split("/")[:3]) + room)
    expect(in_room(writer, WORDS)).to_be_visible()


def test_a_hidden_message_is_nowhere_also_for_who_was_away(
    someone: Someone, place: Site, made: dict[str, Any]
) -> None:
    room = f"/r/plein/t/{made['thread']}"
    place.script(
        "from deliberation.kernel.clock import now\n"
        "from rooms.models import Room, Thread\n"
        "from tests import given\n"
        "room = Room.objects.get(slug='plein')\n"
        f"thread = Thread.objects.get(pk={made['thread']})\n"
        "given.a_message(room, thread, 'Zwijntjeszin.', by=given.a_resident('Rik'), at=now())\n"
    )
    away = someone(path=room)
    expect(in_room(away, "Zwijntjeszin.")).to_be_visible()
    away.context.set_offline(True)
    manager = someone(path=room, width=1280, cookie=made["mieke"])
    in_room(manager, "Zwijntjeszin.").get_by_label("Meer over het bericht van Rik").click()
    in_room(manager, "Zwijntjeszin.").get_by_role("link", name="Verbergen").click()
    manager.get_by_label("Beledig niemand").check()
    manager.get_by_label("Wat heb je gezien?").fill("Scheldt.")
    manager.get_by_role("button", name="Verbergen").click()
    expect(manager.locator(".tombstone").first).to_be_visible()
    away.context.set_offline(False)
    expect(in_room(away, "Zwijntjeszin.")).to_have_count(0)
    late = someone(path=room)
    expect(late.get_by_text("Zwijntjeszin.")).to_have_count(0)
    late.goto(f"{place.url}/r/plein/zoeken/?q=zwijntjeszin")
    expect(late.locator("main")).not_to_contain_text("Zwijntjeszin.")


def test_fifty_cases_are_cleared_with_the_keyboard_alone(
    someone: Someone, made: dict[str, Any]
) -> None:
    page = someone(path="/moderatie/", width=1280, cookie=made["mieke"])
    keys = 0
    for left in range(CASES, 0, -1):
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text(
            f"{left} bericht{'en' if left > 1 else ''} om over te beslissen"
        )
        expect(page.locator("#now")).to_be_visible()
        has_keys(page)
        if left % 2:
            keys += press(page, "h", "5", "Enter")
        else:
            keys += press(page, "r", "Tab", "Enter")
        expect(page.locator(".review__done")).to_be_visible()
    expect(page.locator("#now")).to_have_text("Er wacht niets op je")
    assert keys <= MOST_KEYS * CASES
    press(page, "u")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 bericht om over te beslissen")


def test_who_looks_at_another_case_is_seen_by_the_others(
    someone: Someone, place: Site, made: dict[str, Any]
) -> None:
    mieke = someone(path="/moderatie/", width=1280, cookie=made["mieke"])
    has_keys(mieke)
    press(mieke, "c")
    expect(mieke.get_by_role("button", name="Geef het terug")).to_be_visible()
    ada = someone(path="/moderatie/", width=1280, cookie=made["ada"])
    expect(ada.locator(".queue__acts")).to_contain_text("Mieke bekijkt dit tot")
    press(mieke, "c")
    expect(mieke.get_by_role("button", name="Ik bekijk het")).to_be_visible()
    expect(ada.locator("[data-news]")).to_be_visible()
    has_keys(ada)
    press(ada, ".")
    expect(ada.get_by_role("button", name="Ik bekijk het")).to_be_visible()


SELECT = """
(said) => {
  const text = document.createTreeWalker(said, NodeFilter.SHOW_TEXT).nextNode();
  const from = text.data.indexOf("Jan");
  getSelection().setBaseAndExtent(text, from, text, text.data.length - 1);
}
"""


def test_what_is_private_is_left_out_and_the_rest_stays(
    someone: Someone, place: Site, made: dict[str, Any]
) -> None:
    place.script(
        "from deliberation.kernel.clock import now\n"
        "from deliberation.kernel.ids import new_ref\n"
        "from moderation.services import message_report\n"
        "from rooms.models import Room, Thread\n"
        "from tests import given\n"
        "room, rik = Room.objects.get(slug='plein'), given.a_resident('Rik')\n"
        f"thread = Thread.objects.get(pk={made['thread']})\n"
        "about = given.a_message(room, thread, 'Bel Jan op 06-12345678.', by=rik, at=now())\n"
        "roos = given.acting(given.a_resident('Roos'), at=now())\n"
        "message_report(actor=roos, room=room, ref=new_ref(), message=about.pk,\n"
        "               ground='personal_data', at=now())\n"
    )
    reader = someone(path=f"/r/plein/t/{made['thread']}")
    expect(in_room(reader, "Bel Jan")).to_be_visible()
    mieke = someone(path="/moderatie/", width=1280, cookie=made["mieke"])
    mieke.locator(".review__queue a", has_text="Bel Jan").click()
    has_keys(mieke)
    press(mieke, "e")
    field = mieke.get_by_label("Wat laat je weg?")
    expect(field).to_have_value("06-12345678")
    mieke.locator("summary", has_text="Stukje weglaten").click()
    mieke.locator(".queue__words").evaluate(SELECT)
    press(mieke, "e")
    expect(field).to_have_value("Jan op 06-12345678")
    mieke.get_by_role("button", name="Laat dit weg").click()
    expect(mieke.locator(".review__done")).to_be_visible()
    expect(in_room(reader, "Bel […].")).to_be_visible()
