"""Who comes for the first time, on a phone: where am I, what do I do, who will answer me?"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.serving import Site

from .conftest import ROOM
from .test_room_in_a_browser import is_live, message, write

pytestmark = pytest.mark.e2e
Someone = Callable[..., Page]
BELL = "Antwoorden vind je bij het belletje"
STANCES = "Elke keuze telt mee."
A_CONVERSATION = f"""
from deliberation.kernel.clock import now
from rooms.models import Room
from tests import given
room, author = Room.objects.get(slug={ROOM!r}), given.a_resident("Zo\u00eb")
print(given.a_thread(room, "Een nieuw gesprek", by=author, at=now(), body="Wie doet er mee?").pk)
"""
A_QUESTION = "Wat is er nodig om hier met iedereen prettig te wonen, " * 3
ASKED = f"""
from deliberation.kernel.clock import now
from rooms.models import Room
from rooms.services import room_charter
from tests import given
room, at = Room.objects.get(slug={ROOM!r}), now()
fields = {{name: getattr(room.charter, name) for name in type(room.charter).FIELDS}}
manager = given.acting(given.a_manager("NAME"), at=at)
room_charter(
    actor=manager, room=room, charter=fields | {{"question": {A_QUESTION!r}}}, title=room.title,
    introduction=room.introduction, at=at,
)
"""
CLOSE = """
from deliberation.kernel.clock import now
from deliberation.kernel.ids import new_ref
from rooms.models import Thread
from rooms.services import thread_close
from tests import given
thread, at = Thread.objects.get(pk={thread}), now()
thread_close(
    actor=given.acting(given.a_manager("Sluiter"), at=at), room=thread.room, ref=new_ref(),
    thread=thread.pk, reason="Opgelost.", at=at,
)
"""
CUT_OFF = "one => one.scrollHeight > one.clientHeight + 1"


@pytest.fixture
def thread(place: Site) -> int:
    """A conversation that no test has used."""
    return int(place.script(A_CONVERSATION))


def test_who_joins_finds_their_page_and_the_bell_without_loading_again(
    someone: Someone, thread: int
) -> None:
    page = someone(path=f"/r/{ROOM}/t/{thread}/", width=360)
    is_live(page)
    header = page.get_by_role("navigation", name="Site")
    expect(header.get_by_role("link", name="Meldingen")).to_have_count(0)
    page.evaluate("window.same = true")
    write(page, "Dag buren!", name="Nieuwkomer")
    expect(header.get_by_role("link", name="Meldingen")).to_be_in_viewport()
    expect(header.get_by_role("link", name="Nieuwkomer")).to_have_attribute("href", "/jij/")
    expect(page.get_by_text(BELL)).to_be_in_viewport()
    expect(message(page, "Dag buren!")).to_be_visible()
    write(page, "Nog iets.")
    expect(page.get_by_text(BELL)).to_have_count(0)
    assert page.evaluate("window.same"), "the page was not loaded again"
    header.get_by_role("link", name="Meldingen").click()
    expect(page).to_have_url(re.compile("/meldingen/$"))


def test_what_is_typed_before_the_scripts_are_there_is_kept(
    someone: Someone, place: Site, thread: int
) -> None:
    page = someone(path="/huisregels/", width=360)
    held: list[Route] = []
    page.route(re.compile(r"/room-[^/]+\.js$"), lambda one: held.append(one))
    page.goto(f"{place.url}/r/{ROOM}/t/{thread}/", wait_until="commit")
    page.get_by_label("Je bericht").fill("Ik was er")
    for one in held:
        one.continue_()
    is_live(page)
    page.keyboard.type(" al.")
    expect(page.get_by_label("Je bericht")).to_have_value("Ik was er al.")
    page.get_by_label("Je naam").fill("Vlug")
    page.keyboard.press("Enter")
    expect(message(page, "Ik was er al.")).to_contain_text("Vlug")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_says_where_one_is_and_the_whole_question(
    someone: Someone, place: Site, thread: int, scripts: bool
) -> None:
    place.script(ASKED.replace("NAME", f"Vrager {thread}"))
    page = someone(path=f"/r/{ROOM}/t/{thread}/", width=360, scripts=scripts)
    where = page.locator(".room-place")
    expect(where).to_be_in_viewport()
    expect(where).to_contain_text(re.compile(r"In gesprek\s+.+ · .+"))
    if scripts:
        is_live(page)
    question = page.locator(".charter-question")
    assert question.evaluate(CUT_OFF)
    question.click()
    expect(question).to_contain_text(A_QUESTION.strip())
    assert not question.evaluate(CUT_OFF)


def test_what_stances_mean_is_told_until_one_is_taken(someone: Someone, thread: int) -> None:
    page = someone(path=f"/r/{ROOM}/t/{thread}/", width=360)
    is_live(page)
    expect(page.get_by_text(STANCES)).to_be_in_viewport()
    write(page, "Ik doe mee.", name="Kiezer")
    expect(page.get_by_text(STANCES)).to_have_count(0)
    page.reload()
    is_live(page)
    expect(page.get_by_text(STANCES)).to_have_count(1)
    asked = message(page, "Wie doet er mee?")
    reader = someone(path=f"/r/{ROOM}/t/{thread}/")
    is_live(reader)
    asked.get_by_role("button", name="Weet ik nog niet").click()
    expect(page.get_by_text(STANCES)).to_have_count(0)
    theirs = message(reader, "Wie doet er mee?").get_by_role("button", name="Weet ik nog niet 1")
    expect(theirs).to_be_visible()  # it is stored, so it outlives the page
    page.reload()
    is_live(page)
    expect(page.get_by_text(STANCES)).to_have_count(0)


@pytest.mark.parametrize("width", [320, 360, 1440])
def test_larger_letters_are_one_press_away(someone: Someone, thread: int, width: int) -> None:
    page = someone(path=f"/r/{ROOM}/t/{thread}/", width=width)
    is_live(page)
    letters = page.get_by_role("link", name="Grotere letters")
    expect(letters).to_be_in_viewport()
    letters.click()
    page.get_by_label("Groter").check()
    page.get_by_role("button", name="Bewaren").click()
    is_live(page)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "23px"
    expect(page.get_by_role("link", name="Grotere letters")).to_be_in_viewport()
    expect(page.get_by_label("Je bericht")).to_be_in_viewport()
    expect(page.locator(".message").last).to_be_in_viewport()


def test_the_phase_changes_while_one_looks(someone: Someone, place: Site, thread: int) -> None:
    page = someone(path=f"/r/{ROOM}/t/{thread}/", width=1280)
    is_live(page)
    expect(page.locator(".room-place .phase")).to_have_text("In gesprek")
    place.script(CLOSE.format(thread=thread))
    expect(page.locator(".room-place .phase")).to_have_text("Gesloten")


def test_an_opinion_needs_a_name_and_no_words(someone: Someone, thread: int) -> None:
    page = someone(width=360, path=f"/r/{ROOM}/t/{thread}/")
    is_live(page)
    agree = message(page, "Wie doet er mee?").get_by_role("button", name=re.compile("^Eens"))
    agree.click()
    expect(page.get_by_text("Kies eerst een naam.")).to_be_visible()
    page.get_by_label("Je naam").fill("Riet")
    page.get_by_label("Je naam").press("Enter")
    expect(agree).to_have_attribute("aria-pressed", "true")
    expect(agree).to_contain_text("1")
    expect(page.get_by_text("Kies eerst een naam.")).to_have_count(0)
    expect(page.get_by_label("Je naam")).to_have_count(0)
