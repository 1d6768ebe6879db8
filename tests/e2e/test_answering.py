"""From a need to its answer, in Debian's Chromium: supported, asked, drafted, read, published."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Site, site

pytestmark = pytest.mark.e2e
Someone = Callable[..., Page]
NEEDS = """
import json
from deliberation.config.members import sign_in
from deliberation.kernel.clock import now
from tests import given
from tests.agenda.given import a_need
from tests.live.preparing import signed_in_with_code
room = given.a_room("plein", at=now())
thread = given.a_thread(room, "Oversteken", at=now())
needs = []
for name in ("Joke", "Jan", "Jet"):
    author = given.a_resident(name)
    words = "Veilig oversteken bij de school."
    message = given.a_message(room, thread, words, by=author, at=now())
    need = a_need(room, [message], at=now())
    (cookie,) = sign_in([author])
    needs.append({
        "kenmerk": need.kenmerk, "author": cookie, "sentence": need.sentences.last().pk
    })
print(json.dumps({
    "needs": needs,
    "olaf": signed_in_with_code(given.an_official("Olaf")),
    "roos": signed_in_with_code(given.an_official("Roos")),
    "mieke": signed_in_with_code(given.a_manager("Mieke")),
}))
"""
WHY = "Er komt een zebrapad met een drempel. Het werk begint in mei."


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Where two people from two streets are enough."""
    few = {"DELIBERATION_NEED_PEOPLE": "2", "DELIBERATION_NEED_BREADTH": "2"}
    with site(Path(tmp_path_factory.mktemp("answering")), environment=few) as running:
        yield running


@pytest.fixture(scope="module")
def made(place: Site) -> dict[str, Any]:
    """Three needs with the cookies of their authors, and those of staff."""
    found: dict[str, Any] = json.loads(place.script(NEEDS))
    return found


def support(page: Page, name: str, street: str) -> None:
    page.get_by_label("Je straat").fill(street)
    page.get_by_role("button", name="Ik wil ook antwoord").click()
    expect(page.get_by_label("Je straat")).to_have_value(street)
    page.get_by_label("Je naam").fill(name)
    page.get_by_role("button", name="Ik wil ook antwoord").click()
    expect(page.get_by_role("status")).to_have_text(
        "Jij wilt antwoord. Je hoort het als het er is."
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_need_is_supported_asked_answered_and_its_author_is_told(
    someone: Someone, made: dict[str, Any], scripts: bool
) -> None:
    need, kind = made["needs"][scripts], "met" if scripts else "zonder"
    address, desk = f"/b/{need['kenmerk']}/", f"/beheer/antwoorden/{need['kenmerk']}/"
    first = someone(path=address, scripts=scripts)
    support(first, f"Nora {kind}", "Kade")
    expect(first.get_by_text("1 persoon wil antwoord")).to_be_visible()
    second = someone(path=address, scripts=scripts)
    support(second, f"Ali {kind}", "Laan")
    expect(second.get_by_text("Er is nog geen antwoord. Het komt uiterlijk op")).to_be_visible()

    olaf = someone(path="/beheer/antwoorden/", scripts=scripts, width=1280, cookie=made["olaf"])
    olaf.locator(f'a[href="{desk}"]').first.click()
    olaf.get_by_label("Overgenomen", exact=True).check()
    olaf.get_by_role("button", name="Publiceer").click()
    expect(olaf.get_by_text("Een antwoord heeft uitleg nodig.")).to_be_visible()
    expect(olaf.get_by_label("Overgenomen", exact=True)).to_be_checked()
    olaf.get_by_label("Waarom?").fill(WHY)
    olaf.get_by_role("button", name="Publiceer").click()
    expect(olaf.get_by_text("Een collega moet dit eerst lezen.")).to_be_visible()
    expect(olaf.get_by_label("Waarom?")).to_have_value(WHY)
    olaf.get_by_role("button", name="Bewaar als concept").click()
    expect(olaf.get_by_role("status")).to_contain_text("Je concept is bewaard.")

    roos = someone(path="/beheer/antwoorden/", scripts=scripts, cookie=made["roos"])
    waiting = roos.get_by_role("region", name="Voor jou om te lezen")
    waiting.locator(f'a[href="{desk}"]').click()
    expect(roos.get_by_label("Waarom?")).to_have_value(WHY)
    roos.get_by_role("button", name="Ik las het: dit klopt").click()
    expect(roos.get_by_role("status")).to_contain_text("Nu kan het worden gepubliceerd.")

    olaf.goto(olaf.url.partition("?")[0])
    olaf.get_by_role("button", name="Publiceer").click()
    expect(olaf.get_by_role("region", name="Antwoord van de gemeente")).to_contain_text(WHY)

    author = someone(path="/meldingen/", scripts=scripts, cookie=need["author"])
    author.get_by_role("link", name="De gemeente gaf antwoord op iets wat jij nodig vindt").click()
    answer = author.locator("article.answer:target")
    expect(answer).to_contain_text(WHY)


def test_a_sentence_that_is_not_right_is_contested_and_answered(
    someone: Someone, made: dict[str, Any]
) -> None:
    need = made["needs"][2]
    page = someone(path=f"/b/{need['kenmerk']}/")
    page.locator(f"#sentence-{need['sentence']} > summary").click()
    page.get_by_role("link", name="Deze zin klopt niet").click()
    expect(page.get_by_label("Dit klopt niet")).to_be_checked()
    page.get_by_label("Wat moet het zijn?").fill("Het gaat om de Kade, niet om de school.")
    page.get_by_label("Je naam").fill("Bram van de Kade")
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("status")).to_contain_text("Een mens leest het.")
    expect(page.get_by_text("1 daarvan wacht op antwoord.")).to_be_visible()

    desk = f"/beheer/antwoorden/{need['kenmerk']}/"
    mieke = someone(path=desk, width=1280, cookie=made["mieke"])
    expect(mieke.get_by_text("Het gaat om de Kade, niet om de school.")).to_be_visible()
    mieke.get_by_role("link", name="Dit klopt niet").click()
    mieke.get_by_label("Je antwoord, zoals iedereen het kan lezen").fill("Klopt, veranderd.")
    mieke.get_by_role("button", name="Publiceer").click()
    expect(mieke.get_by_text("Het gaat om de Kade")).to_have_count(0)

    page.goto(page.url.partition("/b/")[0] + "/meldingen/")
    page.get_by_role("link", name="Je krijgt antwoord op wat volgens jou niet klopte").click()
    expect(page.locator("li.line:target")).to_contain_text("Klopt, veranderd.")
    expect(page.get_by_text("Op alles is antwoord gegeven.")).to_be_visible()
