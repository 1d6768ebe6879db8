"""What makes the room easy, in Debian's Chromium."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.serving import Site

from .conftest import ROOM
from .test_room_in_a_browser import is_live, message, write

pytestmark = pytest.mark.e2e
Someone = Callable[..., Page]
A_VERY_LONG_CONVERSATION = f"""
from deliberation.eventlog.log import writing
from deliberation.kernel.clock import now
from rooms.models import Room
from tests import given
room, author = Room.objects.get(slug={ROOM!r}), given.a_resident("Teller")
thread = given.a_thread(room, "Een heel lang gesprek", by=author, at=now())
with writing():
    for number in range(900):
        given.a_message(room, thread, f"Bericht nummer {{number}}.", by=author, at=now())
print(thread.pk)
"""
A_CONVERSATION = f"""
from deliberation.kernel.clock import now
from rooms.models import Room
from tests import given
room, author = Room.objects.get(slug={ROOM!r}), given.a_resident("Zoë van Dam")
thread = given.a_thread(room, "Een ander gesprek", by=author, at=now(), body="Wie doet er mee?")
print(thread.pk)
"""

A_RESIDENT = """
from deliberation.config.members import sign_in
from tests import given
print(*sign_in([given.a_resident("Ali")]))
"""


@pytest.fixture
def thread(place: Site) -> str:
    """The address of a conversation that no test has used."""
    return f"/r/{ROOM}/t/{place.script(A_CONVERSATION).strip()}/"


def field(page: Page) -> Locator:
    return page.get_by_label("Je bericht")


def test_a_name_is_offered_after_an_at_sign_and_marked_in_the_message(
    someone: Someone, thread: str
) -> None:
    ali, reader = someone(path=thread), someone(path=thread)
    is_live(ali)
    field(ali).focus()
    ali.get_by_label("Je naam").fill("Ali")
    field(ali).press_sequentially("Dag @zo")
    expect(ali.get_by_role("option", name="Zoë van Dam")).to_be_visible()
    expect(field(ali)).to_have_attribute("aria-activedescendant", "name-offer-0")
    field(ali).press("Enter")
    expect(field(ali)).to_have_value("Dag @Zoë van Dam ")
    expect(ali.get_by_role("listbox")).to_have_count(0)
    field(ali).press_sequentially("doe je mee?")
    field(ali).press("Enter")
    there = message(reader, "doe je mee?")
    expect(there.locator(".mention")).to_have_text("@Zoë van Dam")
    expect(there.locator(".message-text")).to_have_text("Dag @Zoë van Dam doe je mee?")


def test_escape_closes_the_names_and_keeps_the_text(someone: Someone, thread: str) -> None:
    page = someone(path=thread)
    is_live(page)
    field(page).press_sequentially("@z")
    expect(page.get_by_role("listbox")).to_be_visible()
    field(page).press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(field(page)).to_have_value("@z")


def test_a_short_yes_is_invited_as_a_stance(someone: Someone, thread: str) -> None:
    ali, reader = someone(path=thread), someone(path=thread)
    is_live(reader)
    write(ali, "Mee eens!", name="Aliye")
    expect(ali.get_by_text("Ben je het eens met Zoë van Dam?")).to_be_visible()
    ali.locator(".invitation").get_by_role("button", name="Eens").click()
    asked = message(reader, "Wie doet er mee?").first
    expect(asked.get_by_role("button", name="Eens 1")).to_be_visible()
    expect(field(ali)).to_have_value("")
    expect(message(reader, "Mee eens!")).to_have_count(0)


def test_a_short_yes_can_still_be_said_in_words(someone: Someone, thread: str) -> None:
    ali = someone(path=thread)
    is_live(ali)
    write(ali, "Ja", name="Alie")
    ali.get_by_role("button", name="Verstuur het als bericht").click()
    expect(message(ali, "Ja").last.locator(".message-text")).to_have_text("Ja")


def test_no_more_than_four_hundred_messages_stand_in_the_page(
    someone: Someone, place: Site
) -> None:
    page = someone(path=f"/r/{ROOM}/t/{place.script(A_VERY_LONG_CONVERSATION).strip()}/")
    is_live(page)
    shown = page.locator("article.message")
    for _ in range(6):
        first = shown.first.get_attribute("id")
        page.get_by_role("button", name="Oudere berichten").click()
        expect(page.locator("article.message").first).not_to_have_id(first or "")
    expect(shown).to_have_count(400)
    expect(message(page, "Bericht nummer 899.")).to_have_count(0)
    page.get_by_role("button", name="Nieuwere berichten").click()
    expect(shown).to_have_count(400)
    write(page, "Ik ben weer helemaal bij.", name="Lezer")
    expect(message(page, "weer helemaal bij")).to_be_in_viewport()
    expect(message(page, "Bericht nummer 899.")).to_have_count(1)


def test_newer_messages_lead_back_to_the_live_end(someone: Someone, place: Site) -> None:
    number = place.script(A_VERY_LONG_CONVERSATION).strip()
    page = someone(path=f"/r/{ROOM}/t/{number}/?after=0")
    is_live(page)
    newer = page.get_by_role("button", name="Nieuwere berichten")
    while newer.count():
        before = page.locator("article.message").last.get_attribute("id")
        newer.click()
        expect(page.locator("article.message").last).not_to_have_id(before or "")
    writer = someone(path=f"/r/{ROOM}/t/{number}/")
    write(writer, "Dit komt er live achteraan.", name="Vera C")
    expect(message(page, "live achteraan")).to_have_count(1)
    ids = page.locator("article.message").evaluate_all(
        "all => all.map(one => Number(one.id.slice(1)))"
    )
    assert ids == sorted(set(ids))


def test_other_conversations_count_what_is_new(someone: Someone, thread: str) -> None:
    reader = someone(path=thread, width=1280)
    is_live(reader)
    reader.goto(reader.url.replace(thread, f"/r/{ROOM}/t/1/"))
    is_live(reader)
    writer = someone(path=thread)
    write(writer, "Een eerste nieuwtje.", name="Vera")
    write(writer, "En een tweede.")
    there = reader.locator(".thread-link", has_text="Een ander gesprek").first
    expect(there.locator(".thread-unread")).to_have_text("2 nieuw")


def test_the_list_is_one_stop_and_arrows_walk_through_it(someone: Someone, thread: str) -> None:
    page = someone(path=thread)
    is_live(page)
    page.locator(".messages").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.messages') === null")
    page.locator(".messages").focus()
    page.keyboard.press("ArrowUp")
    expect(message(page, "Wie doet er mee?")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.message') !== null")


def test_who_wants_quiet_asks_for_new_messages(someone: Someone, thread: str) -> None:
    reader = someone(path=thread)
    reader.goto(reader.url.replace(thread, f"/weergave/?next={thread}"))
    reader.get_by_label("Wacht tot ik erom vraag").check()
    reader.get_by_label("Alleen antwoorden aan mij").check()
    reader.get_by_label("Groter").check()
    reader.get_by_role("button", name="Bewaren").click()
    is_live(reader)
    assert reader.evaluate("getComputedStyle(document.documentElement).fontSize") == "23px"
    writer = someone(path=thread)
    write(writer, "Dit wacht even.", name="Vera B")
    expect(reader.get_by_role("button", name="1 nieuw bericht")).to_be_visible()
    expect(message(reader, "Dit wacht even.")).to_have_count(0)
    reader.get_by_role("button", name="1 nieuw bericht").click()
    expect(message(reader, "Dit wacht even.")).to_be_in_viewport()


def test_the_simple_view_shows_the_conversation_alone(someone: Someone, thread: str) -> None:
    page = someone(path=thread, width=1280)
    page.goto(page.url.replace(thread, f"/weergave/?next={thread}"))
    page.get_by_label("Simpel").check()
    page.get_by_role("button", name="Bewaren").click()
    live = page.locator(".live-line--live")
    expect(live).to_have_count(1)
    expect(page.locator("#about")).to_be_hidden()
    expect(page.get_by_role("button", name="Lees voor").first).to_be_visible()
    write(page, "Lekker rustig zo.", name="Opa")
    expect(message(page, "Lekker rustig zo.")).to_be_visible()


def test_from_the_code_on_a_poster_to_a_first_message_in_three_taps(
    someone: Someone, thread: str
) -> None:
    page = someone(path=thread)
    is_live(page)
    expect(page.get_by_label("Je naam")).to_be_hidden()  # who reads is not asked for one
    field(page).click()
    page.keyboard.type("Hallo, ik ben hier net komen wonen.")
    page.get_by_role("button", name="Versturen", exact=True).click()
    expect(page.get_by_label("Je naam")).to_be_focused()
    page.keyboard.type("Nieuwe buur")
    page.get_by_role("button", name="Versturen", exact=True).click()
    expect(message(page, "net komen wonen")).to_be_in_viewport()


def test_a_screen_reader_hears_a_message_once_and_nothing_of_counters(
    someone: Someone, thread: str
) -> None:
    reader, writer = someone(path=thread), someone(path=thread)
    is_live(reader)
    write(writer, "Morgen om tien uur?", name="Vera D")
    status = reader.get_by_role("status").filter(has_text="Morgen om tien uur?")
    expect(status).to_have_text("Vera D: Morgen om tien uur?")
    expect(reader.locator(".live-line")).to_have_text(re.compile("lezers? nu"))
    assert announced(reader) == ["Vera D: Morgen om tien uur?"]


def announced(page: Page) -> list[str]:
    """All that Chromium's own accessibility tree would have said aloud when it changes."""
    tools = page.context.new_cdp_session(page)
    nodes = tools.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def words(node: dict[str, Any]) -> str:
        own = node["name"]["value"] if node["role"]["value"] == "StaticText" else ""
        return own + "".join(words(by_id[child]) for child in node.get("childIds", []))

    said = [words(node) for node in nodes if _live(node) in ("polite", "assertive")]
    return [each for each in said if each]


def _live(node: dict[str, Any]) -> str | None:
    """How pressing a region's news is; None for what only stands within one."""
    given = {each["name"]: each["value"] for each in node.get("properties", [])}
    within = given.get("root", {}).get("relatedNodes")
    return given["live"]["value"] if "live" in given and not within else None


def test_who_is_about_to_send_something_fierce_is_asked_once(
    someone: Someone, place: Site, thread: str
) -> None:
    ali = someone(path=thread, cookie=place.script(A_RESIDENT).strip())
    reader = someone(path=thread)
    is_live(ali)
    question = ali.get_by_text("Dit kan hard aankomen: “klootzak”")

    with ali.expect_response("**/toon"):  # who sends at once is not kept waiting for it
        field(ali).fill("Jij bent een klootzak.")
    field(ali).press("Enter")
    expect(question).to_be_visible()
    ali.get_by_role("button", name="Pas het aan").click()
    expect(field(ali)).to_be_focused()
    field(ali).fill("Ik ben het niet met je eens.")
    field(ali).press("Enter")
    expect(message(reader, "Ik ben het niet met je eens.")).to_be_visible()
    expect(question).to_have_count(0)

    field(ali).fill("Toch ben je een klootzak.")
    field(ali).press("Enter")
    expect(question).to_be_visible()
    field(ali).press("Enter")
    expect(message(reader, "Toch ben je een klootzak.")).to_be_visible()

    ali.goto(ali.url.partition("/r/")[0] + "/weergave/")
    ali.get_by_label("Stuur het meteen").check()
    ali.get_by_role("button", name="Bewaren").click()
    ali.goto(reader.url)
    is_live(ali)
    field(ali).fill("Klootzak, zeg ik.")
    field(ali).press("Enter")
    expect(message(reader, "Klootzak, zeg ik.")).to_be_visible()
