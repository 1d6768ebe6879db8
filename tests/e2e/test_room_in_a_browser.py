"""What residents do, in Debian's Chromium."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.serving import Site

from .conftest import ROOM

pytestmark = pytest.mark.e2e
Someone = Callable[..., Page]
A_LONG_CONVERSATION = f"""
from deliberation.kernel.clock import now
from rooms.models import Room
from tests import given
room, author = Room.objects.get(slug={ROOM!r}), given.a_resident("Teller")
thread = given.a_thread(room, "Een lang gesprek", by=author, at=now())
for number in range(220):
    print(given.a_message(room, thread, f"Bericht nummer {{number}}.", by=author, at=now()).pk)
"""
A_MANAGER = """
from tests import given
from tests.live.preparing import signed_in_with_code
print(signed_in_with_code(given.a_manager()))
"""


def write(page: Page, words: str, *, name: str | None = None) -> None:
    if name:
        page.get_by_label("Je bericht").focus()
        page.get_by_label("Je naam").fill(name)
    page.get_by_label("Je bericht").fill(words)
    page.get_by_role("button", name="Versturen", exact=True).click()


def is_live(page: Page) -> None:
    expect(page.locator(".live-line--live")).to_be_visible()


def message(page: Page, words: str) -> Locator:
    return page.locator("article.message:not(.message--unsent)", has_text=words)


def test_two_people_see_each_others_words_at_once(someone: Someone) -> None:
    fatima, henk = someone(), someone(width=1280)
    is_live(fatima)
    is_live(henk)
    write(fatima, "Goed idee, daar zou ik elke dag zitten.", name="Fatima")
    expect(message(henk, "elke dag zitten")).to_be_visible()
    expect(message(fatima, "elke dag zitten")).to_have_count(1)
    write(henk, "Wel met een leuning graag.", name="Henk")
    expect(message(fatima, "met een leuning")).to_have_count(1)
    expect(fatima.locator(".message--unsent")).to_have_count(0)


def test_a_reply_quotes_and_a_stance_is_counted_for_everyone(someone: Someone) -> None:
    ali, reader = someone(), someone()
    is_live(reader)
    first = message(ali, "Een bankje zou fijn zijn.").first
    first.get_by_role("button", name="Reageer").click()
    write(ali, "Ja, met een leuning.", name="Ali")
    expect(message(reader, "Ja, met een leuning.").locator(".quote")).to_contain_text(
        "Reactie op Joke"
    )
    first.get_by_role("button", name=re.compile("^Eens")).click()
    expect(first.get_by_role("button", name="Eens 1")).to_have_attribute("aria-pressed", "true")
    there = message(reader, "Een bankje zou fijn zijn.").first
    expect(there.get_by_role("button", name="Eens 1")).to_be_visible()


def test_own_words_can_be_changed_and_taken_back(someone: Someone) -> None:
    vera, reader = someone(), someone()
    is_live(reader)
    write(vera, "Ik wil een goren bank.", name="Vera")
    expect(message(vera, "goren bank")).to_be_visible()
    mine = vera.locator("article.message--mine:not(.message--unsent)").last
    mine.get_by_label("Meer over het bericht van Vera").click()
    mine.get_by_role("button", name="Aanpassen").click()
    mine.get_by_label("Je bericht").fill("Ik wil een groene bank.")
    mine.get_by_role("button", name="Bewaren").click()
    expect(message(reader, "groene bank")).to_contain_text("aangepast")
    mine.get_by_label("Meer over het bericht van Vera").click()
    mine.get_by_role("button", name="Terugnemen").click()
    vera.get_by_role("dialog").get_by_role("button", name="Terugnemen").click()
    expect(reader.get_by_text("Bericht teruggenomen door de schrijver")).to_be_visible()
    expect(message(reader, "groene bank")).to_have_count(0)


def test_what_is_written_offline_goes_out_by_itself(someone: Someone) -> None:
    noor, reader = someone(), someone()
    write(noor, "Ik ga zo de trein in.", name="Noor")
    expect(message(reader, "de trein in")).to_be_visible()
    noor.context.set_offline(True)
    noor.evaluate("dispatchEvent(new Event('offline'))")
    write(noor, "Geschreven in de tunnel.")
    expect(noor.locator(".message--unsent")).to_contain_text("Geschreven in de tunnel.")
    expect(noor.locator(".live-line")).to_contain_text("Geen verbinding")
    noor.context.set_offline(False)
    noor.evaluate("dispatchEvent(new Event('online'))")
    expect(message(reader, "in de tunnel")).to_have_count(1)
    expect(message(noor, "in de tunnel")).to_have_count(1)
    expect(noor.locator(".message--unsent")).to_have_count(0)


def test_a_killed_server_loses_nothing(someone: Someone, place: Site) -> None:
    sam, reader = someone(), someone()
    write(sam, "Voor de storing.", name="Sam")
    expect(message(reader, "Voor de storing.")).to_be_visible()
    place.process.kill()
    write(sam, "Tijdens de storing.")
    expect(sam.locator(".message--unsent")).to_contain_text("Tijdens de storing.")
    place.process.start()
    expect(message(reader, "Tijdens de storing.")).to_have_count(1)
    expect(message(sam, "Tijdens de storing.")).to_have_count(1)
    expect(message(reader, "Voor de storing.")).to_have_count(1)


def test_what_is_not_sent_survives_closing_the_page(someone: Someone, place: Site) -> None:
    mo, reader = someone(), someone()
    write(mo, "Ik ben er.", name="Mo")
    expect(message(reader, "Ik ben er.")).to_be_visible()
    place.process.kill()
    write(mo, "Nog niet weg.")
    expect(mo.locator(".message--unsent")).to_be_visible()
    kept = mo.context
    mo.close()
    place.process.start()
    again = kept.new_page()
    again.goto(f"{place.url}/r/{ROOM}/")
    expect(message(reader, "Nog niet weg.")).to_have_count(1)
    expect(message(again, "Nog niet weg.")).to_have_count(1)


def test_new_messages_never_move_what_someone_reads(someone: Someone) -> None:
    lezer, schrijver = someone(), someone()
    write(schrijver, "Daar gaan we.", name="Piet")
    for number in range(6):
        write(schrijver, f"Regel {number} van een lang verhaal.\n\nMet witregels.")
        expect(message(lezer, f"Regel {number} van")).to_have_count(1)
    log = lezer.get_by_role("log")
    log.evaluate("list => { list.scrollTop = -300; }")
    lezer.wait_for_function("document.querySelector('.messages').scrollTop < -200")
    still = message(lezer, "Regel 2 van")
    before = still.bounding_box()
    write(schrijver, "Dit komt er onderaan bij.")
    expect(lezer.get_by_role("button", name="1 nieuw bericht")).to_be_visible()
    after = still.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2
    lezer.get_by_role("button", name="1 nieuw bericht").click()
    expect(message(lezer, "Dit komt er onderaan bij.")).to_be_in_viewport()


def test_without_scripts_one_reads_joins_and_posts(someone: Someone) -> None:
    page = someone(scripts=False)
    assert page.context.cookies() == []
    expect(message(page, "Een bankje zou fijn zijn.").first).to_be_visible()
    write(page, "Zonder scripts gaat het ook.", name="Oude telefoon")
    expect(message(page, "Zonder scripts gaat het ook.")).to_have_count(1)
    page.get_by_role("button", name="Eens", exact=True).first.click()
    expect(page.get_by_role("button", name=re.compile("^Eens")).first).to_be_visible()
    write(page, "En nog een keer.")
    expect(message(page, "En nog een keer.")).to_have_count(1)
    page.get_by_label("Meer over het bericht van Oude telefoon").last.click()
    page.get_by_role("link", name="Aanpassen").last.click()
    page.get_by_label("Je bericht").fill("En nog een laatste keer.")
    page.get_by_role("button", name="Bewaren").click()
    expect(message(page, "En nog een laatste keer.")).to_have_count(1)


def test_a_phone_needs_no_sideways_scrolling(someone: Someone) -> None:
    page = someone(width=320)
    is_live(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_keyboard_reaches_everything(someone: Someone) -> None:
    page = someone(width=1280)
    is_live(page)
    page.get_by_role("log").focus()
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.matches('.message, .tombstone')")
    page.get_by_label("Je bericht").focus()
    page.keyboard.type("Alleen met toetsen.")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Je naam")).to_be_focused()
    page.keyboard.type("Toets")
    page.keyboard.press("Enter")
    expect(message(page, "Alleen met toetsen.")).to_have_count(1)


def test_a_link_into_the_past_shows_the_past_and_the_way_back(
    someone: Someone, place: Site
) -> None:
    ids = place.script(A_LONG_CONVERSATION).split()
    reader = someone(path=f"/r/{ROOM}/m/{ids[60]}/")
    is_live(reader)
    expect(message(reader, "Bericht nummer 60.")).to_be_in_viewport()
    writer = someone(path=f"/r/{ROOM}/m/{ids[219]}/")
    write(writer, "Dit is van vandaag.", name="Vandaag")
    expect(message(writer, "Dit is van vandaag.")).to_have_count(1)
    expect(reader.get_by_role("button", name="1 nieuw bericht")).to_be_visible()
    expect(message(reader, "Dit is van vandaag.")).to_have_count(0)
    reader.get_by_role("button", name="1 nieuw bericht").click()
    expect(message(reader, "Dit is van vandaag.")).to_be_in_viewport()


def test_a_manager_stops_someone_who_reads_on_and_is_told_until_when(
    someone: Someone, place: Site
) -> None:
    rita = someone()
    is_live(rita)
    write(rita, "Jullie zijn allemaal gek.", name="Rita")
    manager = someone(width=1280, cookie=place.script(A_MANAGER).strip())
    there = message(manager, "allemaal gek").first
    there.get_by_label("Meer over het bericht van Rita").click()
    there.get_by_role("link", name="Een tijdje stoppen").click()
    manager.get_by_label("Beledig niemand").check()
    manager.get_by_label("Wat heb je gezien?").fill("Scheldt iedereen uit.")
    manager.get_by_role("button", name="Een tijdje stoppen").click()
    expect(rita.get_by_role("alert")).to_contain_text("Je kunt hier niet schrijven tot")
    expect(rita.get_by_label("Je bericht")).to_have_count(0)
    is_live(rita)
    write(someone(), "Jammer dat het zo liep.", name="Otto")
    expect(message(rita, "Jammer dat het zo liep.")).to_be_visible()
