"""The agenda in a browser: live, in place, hidden at once, remembered while one writes."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Site

from .conftest import ROOM, until

pytestmark = pytest.mark.e2e
TITLE = "Veilig oversteken bij de school."
MADE = f"""
import json
from deliberation.agenda.models import NeedState
from deliberation.kernel.clock import now
from rooms.models import Room, Thread
from tests import given
from tests.agenda.given import a_need, an_answer
room, at = Room.objects.get(slug={ROOM!r}), now()
samira, henk = given.a_resident("Samira"), given.a_resident("Henk")
thread = given.a_thread(room, "Over de straat", body={TITLE!r}, by=samira, at=at)
first = thread.messages.get()
more = given.a_message(room, thread, "Een zebrapad helpt al.", by=henk, at=at)
need = a_need(room, [first, more], at=at)
other = given.a_thread(room, "De speelplek", body="De schommel op het plein is kapot.", at=at)
swing = a_need(room, [other.messages.get()], state=NeedState.ANSWERED, at=at)
an_answer(swing, reason="De schommel wordt gemaakt.", kenmerk=f"XX-{{swing.pk}}", at=at)
print(json.dumps({{"thread": thread.pk, "message": first.pk, "more": more.pk, "need": need.pk,
    "kenmerk": need.kenmerk, "swing": swing.kenmerk}}))
"""
SUPPORTED = """
from deliberation.agenda.services.supporting import need_support
from deliberation.kernel.clock import now
from deliberation.people.actors import actor_of
from tests import given
need_support(actor=actor_of(given.a_resident("Steun"), at=now()), need={need}, at=now())
"""
HIDDEN = """
from deliberation.kernel.clock import now
from deliberation.kernel.ids import new_ref
from moderation.services import message_hide
from rooms.models import Message
from tests import given
found = Message.objects.get(pk={message})
message_hide(actor=given.acting(given.a_manager(), at=now()), room=found.room, ref=new_ref(),
    message=found.pk, ground="personal_data",
    reason="Naam van een kind.", at=now())
"""
IS_LIVE = "async () => document.getElementById('agenda').dataset.live === 'live'"


@pytest.fixture(scope="module")
def made(place: Site) -> dict[str, str]:
    """Two needs and their messages, by name."""
    found: dict[str, str] = json.loads(place.script(MADE))
    return found


def test_support_shows_in_an_open_page_and_nothing_moves(
    someone: Callable[..., Page], place: Site, made: dict[str, str]
) -> None:
    page = someone(path="/n/kade/agenda/")
    card = page.locator(f"[data-need='{made['need']}']")
    until(page, IS_LIVE)
    before = card.bounding_box()
    place.script(SUPPORTED.format(need=made["need"]))
    expect(card.locator("[data-field=support]")).to_have_text("1 persoon wil een antwoord")
    expect(page.locator("[data-news]")).to_contain_text("1 behoefte is net veranderd")
    after = card.bounding_box()
    assert before
    assert after
    assert (before["x"], before["y"]) == (after["x"], after["y"])


def test_a_source_opens_in_place_by_keyboard_and_leads_to_the_conversation_and_back(
    someone: Callable[..., Page], made: dict[str, str]
) -> None:
    page = someone(path=f"/b/{made['kenmerk']}/")
    sentence = page.locator(".sentence").last
    expect(sentence.locator(".sources")).not_to_be_visible()
    sentence.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(sentence.get_by_text("Henk")).to_be_visible()
    sentence.get_by_role("link", name="in het gesprek").click()
    message = page.locator(f"#m{made['more']}")
    expect(message).to_contain_text("Een zebrapad helpt al.")
    expect(page.locator(".live-line--live")).to_be_visible()
    message.get_by_role("link", name=made["kenmerk"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_without_scripts_everything_reads_and_the_filter_works(
    someone: Callable[..., Page], made: dict[str, str]
) -> None:
    page = someone(scripts=False, path="/n/kade/agenda/")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    page.get_by_text("Kies wat je wilt zien").click()
    page.get_by_label("Hoe ver is het?").select_option("answered")
    page.get_by_role("button", name="Laat zien").click()
    expect(page.get_by_role("link", name=TITLE)).not_to_be_visible()
    page.get_by_role("link", name="De schommel op het plein is kapot.").click()
    page.get_by_text("1 bron").last.click()
    expect(page.locator(".source").last).to_have_text("De schommel op het plein is kapot.")
    expect(page.get_by_text("De schommel wordt gemaakt.").first).to_be_visible()


def test_while_one_writes_what_was_answered_before_is_there(
    someone: Callable[..., Page], made: dict[str, str]
) -> None:
    page = someone(path=f"/r/{ROOM}/t/{made['thread']}/")
    expect(page.locator(".live-line--live")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#composer-body").press_sequentially("Op het plein is de schommel stuk")
    remembered = page.locator("details.remembered")
    expect(remembered).to_contain_text("Dit is eerder besproken")
    remembered.locator("summary").click()
    expect(remembered).to_contain_text("De schommel wordt gemaakt.")
    expect(remembered.get_by_role("link")).to_have_attribute("href", f"/b/{made['swing']}/")
    assert not any("schommel" in url for url in asked), "what is not said yet is in no address"
    page.locator("#composer-body").fill("")
    expect(remembered).not_to_be_visible()


def test_a_hidden_message_leaves_the_open_agenda_and_the_room_beside_it(
    someone: Callable[..., Page], place: Site, made: dict[str, str]
) -> None:
    agenda = someone(path="/n/kade/agenda/")
    room = someone(path=f"/r/{ROOM}/t/{made['thread']}/", width=1440)
    until(agenda, IS_LIVE)
    expect(room.locator("#needs")).to_contain_text(TITLE)
    expect(room.locator(".live-line--live")).to_be_visible()
    place.script(HIDDEN.format(message=made["message"]))
    card = agenda.locator(f"[data-need='{made['need']}']")
    expect(card.locator("[data-field=people]")).to_have_text("1 persoon")
    expect(card).not_to_contain_text(TITLE)
    expect(room.locator("#needs")).not_to_contain_text(TITLE)
    again = someone(path=f"/b/{made['kenmerk']}/")
    expect(again.get_by_role("article")).not_to_contain_text(TITLE)
    expect(again.locator(".source--gone").first).to_contain_text("privégegevens van iemand")
    # What was seen in it is for its writer alone (decision 0016).
    expect(again.get_by_role("main")).not_to_contain_text("Naam van een kind.")
