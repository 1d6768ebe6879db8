"""A manager reads first, limits and moves; a resident beside them sees it at once, and why."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.serving import Site, site

pytestmark = pytest.mark.e2e
Someone = Callable[..., Page]
SCENE = """
import json
from deliberation.config.members import sign_in
from deliberation.kernel.clock import now
from tests import given
from tests.live.preparing import signed_in_with_code
room = given.a_room("plein", at=now())
given.unwatched(room)
writer, reader = given.a_resident("Anna"), given.a_resident("Bert")
bench = given.a_thread(room, "Bankje onder de linde", by=reader, at=now())
dogs = given.a_message(room, bench, "Overal hondenpoep.", by=writer, at=now())
given.a_message(room, bench, "Klopt helaas.", by=reader, reply_to=dogs.pk, at=now())
(of_writer,), (of_reader,) = list(sign_in([writer])), list(sign_in([reader]))
print(json.dumps({
    "bench": bench.pk, "dogs": dogs.pk, "writer": of_writer, "reader": of_reader,
    "mieke": signed_in_with_code(given.a_manager("Mieke")),
}))
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = Path(tmp_path_factory.mktemp("order"))
    with site(folder, environment={"DELIBERATION_SUMMARY": "off"}) as running:
        yield running


@pytest.fixture(scope="module")
def made(place: Site) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(place.script(SCENE))
    return found


def say(page: Page, words: str) -> None:
    page.get_by_label("Je bericht").fill(words)
    page.get_by_role("button", name="Versturen", exact=True).click()


def in_room(page: Page, words: str) -> Locator:
    """By what it says itself, not by what it quotes."""
    said = page.locator(".message-text", has_text=words)
    return page.locator("article.message").filter(has=said)


def test_where_all_is_read_first_a_message_waits_for_a_manager(
    someone: Someone, made: dict[str, Any]
) -> None:
    room = f"/r/plein/t/{made['bench']}/"
    writer, reader = (someone(path=room, cookie=made[who]) for who in ("writer", "reader"))
    for page in (writer, reader):
        expect(page.locator(".live-line--live")).to_be_visible()
    manager = someone(path="/r/plein/mode", width=1280, cookie=made["mieke"])
    manager.get_by_label("Eerst lezen").check()
    manager.get_by_label("Reden").fill("Er zijn bedreigingen geuit.")
    manager.get_by_role("button", name="Stand instellen").click()
    refusal = manager.locator("#id_basis_error")
    expect(refusal).to_contain_text("Noem de wet of het besluit")
    manager.get_by_label("Wettelijke basis").fill("Noodbevel, artikel 175 Gemeentewet")
    manager.get_by_role("button", name="Stand instellen").click()

    for page in (writer, reader):
        expect(page.locator(".room-notice")).to_contain_text("artikel 175 Gemeentewet")
    say(writer, "Er moet een prullenbak komen.")
    expect(writer.get_by_text("Een buurtbeheerder kijkt eerst naar jouw bericht.")).to_be_visible()
    expect(in_room(reader, "prullenbak")).to_have_count(0)

    manager.goto("/".join(manager.url.split("/")[:3]) + "/moderatie/")
    expect(manager.locator(".queue__words")).to_have_text("Er moet een prullenbak komen.")
    expect(manager.get_by_role("button", name="Toetsen")).to_be_visible()
    for key in ("r", "Tab", "Enter"):
        manager.keyboard.press(key)
    for page in (writer, reader):
        expect(in_room(page, "prullenbak")).to_be_visible()
    expect(writer.get_by_text("Een buurtbeheerder kijkt eerst naar jouw bericht.")).to_have_count(0)

    expect(manager.locator(".review__done")).to_be_visible()
    manager.goto("/".join(manager.url.split("/")[:3]) + "/r/plein/mode")
    manager.get_by_label("Open").check()
    manager.get_by_role("button", name="Stand instellen").click()
    expect(reader.locator(".room-notice")).to_have_count(0)


def test_limits_are_read_by_all_and_hold_at_once(someone: Someone, made: dict[str, Any]) -> None:
    room = f"/r/plein/t/{made['bench']}/"
    reader = someone(path=room, cookie=made["reader"])
    expect(reader.locator(".live-line--live")).to_be_visible()
    manager = someone(path=f"{room}balance", width=1280, cookie=made["mieke"])
    expect(manager.get_by_role("rowheader", name="Anna")).to_be_visible()
    manager.get_by_label("Tekens in een bericht").fill("60")
    manager.get_by_label("Reden").fill("Zo komt iedereen aan de beurt.")
    manager.get_by_role("button", name="Stel de grenzen in").click()
    expect(manager.get_by_role("status")).to_contain_text("De grenzen gelden vanaf nu.")

    expect(reader.locator(".room-notice")).to_contain_text("Hoogstens 60 tekens.")
    say(reader, "Een lang verhaal over het bankje dat maar niet ophoudt en doorgaat.")
    unsent = reader.locator(".message--unsent", has_text="Een lang verhaal")
    expect(unsent).to_contain_text("heeft hier nu hoogstens 60 tekens")
    say(reader, "Kort dan.")
    expect(in_room(reader, "Kort dan.")).to_be_visible()


def test_a_message_moves_with_its_answers(someone: Someone, made: dict[str, Any]) -> None:
    room = f"/r/plein/t/{made['bench']}/"
    writer, manager = (
        someone(path=room, cookie=made["writer"]),
        someone(path=room, width=1280, cookie=made["mieke"]),
    )
    for page in (writer, manager):
        expect(in_room(page, "Overal hondenpoep.")).to_be_visible()
        expect(page.locator(".live-line--live")).to_be_visible()
    in_room(manager, "Overal hondenpoep.").get_by_label("Meer over het bericht van Anna").click()
    manager.get_by_role("link", name="Zet in een ander gesprek").click()
    manager.get_by_label("Titel van het nieuwe gesprek").fill("Honden in het park")
    manager.get_by_role("button", name="Verplaatsen").click()
    expect(manager.get_by_role("heading", level=1)).to_have_text("Honden in het park")
    for words in ("Overal hondenpoep.", "Klopt helaas."):
        expect(in_room(manager, words)).to_be_visible()
        expect(in_room(writer, words)).to_have_count(0)
    writer.goto("/".join(writer.url.split("/")[:3]) + f"/r/plein/m/{made['dogs']}/")
    expect(writer.get_by_role("heading", level=1)).to_have_text("Honden in het park")
    writer.goto("/".join(writer.url.split("/")[:3]) + "/meldingen/")
    expect(writer.get_by_text("Je bericht staat nu in een ander gesprek").first).to_be_visible()
