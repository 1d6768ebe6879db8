"""An evening: the hall's screen, the facilitator's phone and a resident's, beside each other."""

import json
import re
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.serving import Site, site

pytestmark = pytest.mark.e2e
Someone = Callable[..., Page]
WALL = 1920  # pixels
NUMBERS = count(1)
PEOPLE = """
import json
from deliberation.config.members import sign_in
from tests import given
from tests.live.preparing import signed_in_with_code
(of_anna,) = list(sign_in([given.a_resident("Anna")]))
print(json.dumps({
    "anna": of_anna, "mieke": signed_in_with_code(given.a_manager("Mieke")),
    "ada": signed_in_with_code(given.an_administrator("Ada")),
}))
"""
SCENE = """
import json
from deliberation.kernel.clock import now
from deliberation.people.models import Person
from tests import given
room = given.a_room({slug!r}, at=now())
given.unwatched(room)
anna = Person.objects.get(name="Anna")
bench = given.a_thread(room, "Bankje onder de linde", by=anna, at=now(), body="Een bankje graag.")
print(json.dumps({{"bench": bench.pk, "meeting": given.a_meeting(room, at=now()).pk}}))
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = Path(tmp_path_factory.mktemp("evening"))
    with site(folder, environment={"DELIBERATION_SUMMARY": "off"}) as running:
        yield running


@pytest.fixture(scope="module")
def people(place: Site) -> dict[str, str]:
    """By name, the cookie of each."""
    found: dict[str, str] = json.loads(place.script(PEOPLE))
    return found


@pytest.fixture
def made(place: Site, people: dict[str, str]) -> dict[str, Any]:
    """A room of its own for each test."""
    slug = f"plein-{next(NUMBERS)}"
    found: dict[str, Any] = json.loads(place.script(SCENE.format(slug=slug)))
    return people | found | {"room": f"/r/{slug}/"}


class Hall:
    """The console, and a screen that was added with it."""

    def __init__(self, someone: Someone, made: dict[str, Any]) -> None:
        console = f"{made['room']}bijeenkomsten/{made['meeting']}/run"
        self.boss = someone(path=console, cookie=made["mieke"])
        self.boss.get_by_label("Waar staat of hangt het?").fill("Grote zaal")
        self.boss.get_by_role("button", name="Voeg toe").click()
        self.address = self.boss.locator(".notice a").inner_text()
        path = "/" + self.address.split("/", 3)[3]
        self.wall = someone(path=path, width=WALL)
        self.boss.get_by_role("link", name="Terug naar de bijeenkomst").click()
        self.boss.get_by_role("button", name="Begin de bijeenkomst").click()
        expect(self.boss.get_by_text("Nu bezig")).to_be_visible()

    def show(self, name: str) -> None:
        self.boss.get_by_role("button", name=name, exact=True).click()

    def at_console(self, words: str) -> Locator:
        return self.boss.locator(".run-message", has_text=words)

    def column(self, name: str) -> None:
        self.boss.locator(".run-column", has_text=name).click()


@pytest.fixture
def hall(someone: Someone, made: dict[str, Any]) -> Hall:
    return Hall(someone, made)


def say(page: Page, words: str) -> None:
    page.get_by_label("Je bericht").fill(words)
    page.get_by_role("button", name="Versturen", exact=True).click()


def test_from_the_code_on_the_wall_to_ones_words_on_it(
    hall: Hall, someone: Someone, made: dict[str, Any]
) -> None:
    code = hall.wall.locator(".screen-code--large").inner_text()
    assert re.fullmatch(r"\w{3} \w{3}", code)
    expect(hall.wall.get_by_role("img", name="Code om te scannen")).to_be_visible()
    hall.show("Dit gesprek")
    expect(hall.wall.get_by_role("heading", level=1)).to_have_text("Bankje onder de linde")

    phone = someone(path="/m/", width=360)
    phone.get_by_label("Code van de bijeenkomst").fill(code.lower())
    phone.get_by_role("button", name="Ga erheen").click()
    expect(phone.get_by_text("Bijeenkomst nu:")).to_be_visible()
    phone.get_by_label("Je bericht").fill("Ik zit achterin en ik zie het goed.")
    phone.get_by_label("Je naam").fill("Truus")
    phone.get_by_role("button", name="Versturen", exact=True).click()

    expect(hall.at_console("achterin")).to_be_visible()
    expect(hall.at_console("achterin")).to_contain_text("op het scherm")
    expect(hall.wall.get_by_text("achterin")).to_be_visible()
    expect(hall.wall.get_by_text("Truus")).to_be_visible()


def test_what_is_stopped_in_time_never_hangs_there(
    hall: Hall, someone: Someone, made: dict[str, Any]
) -> None:
    hall.show("Dit gesprek")
    phone = someone(path=f"{made['room']}t/{made['bench']}/", cookie=made["anna"])
    say(phone, "Dit hoeft niet op het scherm.")
    hall.at_console("hoeft niet").get_by_role("button", name="Houd tegen").click()
    say(phone, "Dit wel.")
    expect(hall.wall.get_by_text("Dit wel.")).to_be_visible()
    expect(hall.wall.get_by_text("hoeft niet")).to_have_count(0)
    expect(phone.locator(".message-text", has_text="hoeft niet")).to_be_visible()
    hall.column("Niet tonen")
    hall.at_console("hoeft niet").get_by_role("button", name="Toon groot").click()
    expect(hall.wall.get_by_text("hoeft niet")).to_be_visible()


def test_where_each_is_approved_nothing_comes_by_itself(
    hall: Hall, someone: Someone, made: dict[str, Any]
) -> None:
    hall.boss.get_by_text("Hoe berichten op de schermen komen").click()
    hall.boss.get_by_label("Alleen wat jij erop zet").check()
    hall.boss.get_by_label("Namen op de schermen").uncheck()
    hall.show("Dit gesprek")
    expect(hall.wall.get_by_text("Hier komt wat je schrijft.")).to_be_visible()
    hall.at_console("Een bankje graag.").get_by_role("button", name="Op het scherm").click()
    expect(hall.wall.get_by_text("Een bankje graag.")).to_be_visible()
    expect(hall.wall.get_by_text("Anna")).to_have_count(0)


def test_blank_hidden_and_off_are_at_once(
    hall: Hall, someone: Someone, made: dict[str, Any]
) -> None:
    hall.show("Dit gesprek")
    expect(hall.wall.get_by_text("Een bankje graag.")).to_be_visible()
    wall, dark = hall.wall, hall.wall.locator(".screen--dark")

    began = time.monotonic()
    hall.show("Maak de schermen leeg")
    expect(dark).to_be_visible()
    print(f"blank from the console: {time.monotonic() - began:.2f} s")
    hall.show("Toon de schermen weer")
    expect(wall.get_by_text("Een bankje graag.")).to_be_visible()

    began = time.monotonic()
    wall.keyboard.press("b")
    expect(dark).to_be_visible()
    print(f"blank at the screen: {time.monotonic() - began:.2f} s")
    wall.keyboard.press("u")
    expect(wall.get_by_text("Een bankje graag.")).to_be_visible()

    page = someone(path=f"{made['room']}t/{made['bench']}/", width=1280, cookie=made["ada"])
    page.get_by_label("Meer over het bericht van Anna").click()
    page.get_by_role("link", name="Verberg").click()
    page.get_by_role("radio").first.check()
    page.get_by_label("Wat heb je gezien?").fill("Een proef.")
    began = time.monotonic()
    page.get_by_role("button", name="Verberg").click()
    expect(wall.get_by_text("Een bankje graag.")).to_have_count(0)
    print(f"hidden, and off the screen: {time.monotonic() - began:.2f} s")

    hall.boss.reload()
    began = time.monotonic()
    hall.boss.get_by_role("button", name="Zet uit “Grote zaal”").click()
    expect(wall.get_by_text("Dit scherm is uitgezet.")).to_be_visible()
    print(f"switched off: {time.monotonic() - began:.2f} s")


def test_a_screen_that_slept_or_lost_its_line_shows_what_is_so_now(
    hall: Hall, someone: Someone, made: dict[str, Any]
) -> None:
    wall = hall.wall
    hall.show("Dit gesprek")
    expect(wall.get_by_text("Een bankje graag.")).to_be_visible()
    wall.clock.install()
    wall.reload()
    expect(wall.get_by_text("Een bankje graag.")).to_be_visible()
    wall.context.set_offline(True)
    wall.clock.run_for(16_000)
    expect(wall.get_by_text("Een ogenblik")).to_be_visible()
    expect(wall.get_by_text("Een bankje graag.")).to_have_count(0)
    wall.clock.run_for(6_000)
    expect(wall.locator(".screen-age")).to_contain_text("seconden geleden bijgewerkt")
    hall.show("Even stil")
    wall.clock.fast_forward("01:00:00")
    wall.context.set_offline(False)
    wall.clock.run_for(2_000)
    expect(wall.get_by_text("Even stil")).to_be_visible()
    expect(wall.locator(".screen-age")).to_have_count(0)


def test_a_question_to_all_is_answered_by_phone_and_by_hand(
    hall: Hall, someone: Someone, made: dict[str, Any]
) -> None:
    boss, wall = hall.boss, hall.wall
    boss.get_by_text("Zet een peiling klaar").click()
    boss.get_by_label("Vraag", exact=True).fill("Waar beginnen we?")
    boss.get_by_label("Antwoorden, elk op een eigen regel").fill("Bij de school\nOp het plein")
    boss.get_by_role("button", name="Bewaar", exact=True).click()
    phone = someone(path=f"{made['room']}t/{made['bench']}/", width=360)
    boss.get_by_role("button", name="Start", exact=True).click()
    expect(wall.get_by_role("heading", level=1)).to_have_text("Waar beginnen we?")
    expect(wall.get_by_role("img", name="Code om te scannen")).to_be_visible()

    phone.get_by_role("button", name="Stem", exact=True).click()
    phone.get_by_role("radio", name="Bij de school").check()
    phone.get_by_label("Je naam").fill("Saar")
    phone.get_by_role("button", name="Versturen", exact=True).click()
    phone.get_by_role("button", name="Je stem", exact=True).click()
    expect(phone.get_by_text("Je stem telt mee.")).to_be_visible()
    began = time.monotonic()
    phone.get_by_role("radio", name="Op het plein").check()
    expect(wall.get_by_text("1 mens stemde met de telefoon")).to_be_visible()
    print(f"a vote, and at the screen: {time.monotonic() - began:.2f} s")
    phone.reload()
    phone.get_by_role("button", name="Je stem", exact=True).click()
    expect(phone.get_by_role("radio", name="Op het plein")).to_be_checked()

    boss.get_by_text("Tel handen in de zaal").click()
    boss.get_by_label("Bij de school").fill("3")
    boss.get_by_label("Op het plein").fill("0")
    boss.get_by_role("button", name="Bewaar deze aantallen").click()
    expect(boss.get_by_text("Geteld.")).to_be_visible()
    boss.get_by_role("button", name="Stop, en toon de uitslag").click()
    for page in (wall, phone):
        expect(page.locator(".poll-result li").first).to_contain_text("3 · 75%")
        expect(page.locator(".poll-result li").last).to_contain_text("1 · 25%")


# What stands on the wall: each piece of text with the height of its letters as a part of the
# screen, and how its colour stands out (WCAG 2.2: relative luminance).
PIECES = r"""
() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[0-9.]+/g).slice(0, 3).map((part) => {
      const one = part / 255;
      return one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/^rgba\(.*, 0\)$|transparent/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const walker = document.createTreeWalker(
    document.querySelector(".screen"), NodeFilter.SHOW_TEXT);
  const found = [];
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const of = text.parentElement, box = of.getBoundingClientRect();
    if (!text.data.trim() || !box.width) continue;
    const [one, other] = [light(getComputedStyle(of).color), light(behind(of))];
    found.push({
      words: text.data.trim().slice(0, 40),
      height: parseFloat(getComputedStyle(of).fontSize) / innerHeight,
      contrast: (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05),
      inside: box.top >= 0 && box.bottom <= innerHeight + 1 && box.right <= innerWidth + 1,
    });
  }
  return found;
}
"""
LETTERS = 0.05  # of the height of the screen: 5 cm at 20 m on a screen of a metre high
STANDS_OUT = 7.0
SCENES = {
    "Welkom": "welcome",
    "De agenda": "agenda",
    "Sprekers": "speakers",
    "Even stil": "silence",
    "Dit gesprek": "thread",
    "Woorden eruit": "words",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_scene_is_read_from_the_back_row(
    hall: Hall, scheme: Literal["light", "dark"]
) -> None:
    boss, wall = hall.boss, hall.wall
    wall.emulate_media(color_scheme=scheme)
    boss.get_by_text("Zet een peiling klaar").click()
    boss.get_by_label("Vraag", exact=True).fill("Wat moet er als eerste gebeuren op het plein?")
    answers = [f"Een antwoord van een hele regel, nummer {n}" for n in range(1, 7)]
    boss.get_by_label("Antwoorden, elk op een eigen regel").fill("\n".join(answers))
    boss.get_by_role("button", name="Bewaar", exact=True).click()
    start = "Start"
    for width, height in ((1920, 1080), (1280, 720)):
        wall.set_viewport_size({"width": width, "height": height})
        for button, scene in SCENES.items():
            hall.show(button)
            is_legible(wall, scene)
        for button in (start, "Stop, en toon de uitslag"):
            hall.show(button)
            is_legible(wall, "poll")
        start = "Start opnieuw"


def is_legible(wall: Page, scene: str) -> None:
    expect(wall.locator(f"[data-scene={scene}]")).to_be_visible()
    pieces = wall.evaluate(PIECES)
    assert pieces, scene
    for one in pieces:
        assert one["height"] >= LETTERS, (scene, one)
        assert one["contrast"] >= STANDS_OUT, (scene, one)
        assert one["inside"], (scene, one)


def test_a_tablet_forgets_each_person(hall: Hall, someone: Someone, made: dict[str, Any]) -> None:
    boss = hall.boss
    hall.show("Dit gesprek")
    boss.get_by_label("Een tablet waarop mensen schrijven").check()
    boss.get_by_label("Waar staat of hangt het?").fill("Bij de ingang")
    boss.get_by_role("button", name="Voeg toe").click()
    path = "/" + boss.locator(".notice a").inner_text().split("/", 3)[3]
    tablet = someone(path=path, width=820)
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Bankje onder de linde")
    tablet.get_by_label("Wat wil je zeggen?").fill("Ik heb geen telefoon bij me.")
    tablet.get_by_label("Je voornaam").fill("Bep")
    tablet.get_by_role("button", name="Versturen").click()
    expect(tablet.get_by_text("Dank je wel.")).to_be_visible()
    assert tablet.context.cookies() == []
    tablet.get_by_role("link", name="De volgende").click()
    expect(tablet.get_by_label("Wat wil je zeggen?")).to_have_value("")
    expect(tablet.get_by_label("Je voornaam")).to_have_value("")

    reader = someone(path=f"{made['room']}t/{made['bench']}/")
    said = reader.locator(".message", has_text="Ik heb geen telefoon bij me.")
    expect(said).to_contain_text("Bep")
    expect(said).to_contain_text("gezegd in de zaal")

    tablet.clock.install()
    tablet.reload()
    tablet.get_by_label("Wat wil je zeggen?").fill("Half af")
    tablet.clock.run_for(61_000)
    expect(tablet.get_by_label("Wat wil je zeggen?")).to_have_value("")


def test_a_code_that_is_wrong_says_where_to_look(someone: Someone, made: dict[str, Any]) -> None:
    phone = someone(path="/m/", width=360)
    phone.get_by_label("Code van de bijeenkomst").fill("fout00")
    phone.get_by_role("button", name="Ga erheen").click()
    expect(phone.get_by_text("Kijk de zes tekens op het scherm na.")).to_be_visible()
    expect(phone.get_by_label("Code van de bijeenkomst")).to_have_value("fout00")


def test_the_scribe_goes_on_without_a_line(
    hall: Hall, someone: Someone, place: Site, made: dict[str, Any]
) -> None:
    """With the keyboard alone; the server is away for a while, and nothing is lost or doubled."""
    hall.show("Dit gesprek")
    path = f"{made['room']}bijeenkomsten/{made['meeting']}/zaal"
    scribe = someone(path=path, cookie=made["mieke"])
    scribe.get_by_label("Naam of tafel").fill("Tafel 3")
    field = scribe.get_by_label("Wat er gezegd is")
    field.fill("Bij de bushalte is het donker.")
    field.press("Enter")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    expect(scribe.locator(".run-message", has_text="bushalte")).to_contain_text("Tafel 3")

    place.process.kill()
    for words in ("Eén: meer licht.", "Twee: een bankje."):
        scribe.keyboard.type(words)
        scribe.keyboard.press("Enter")
    expect(scribe.get_by_role("status")).to_contain_text("2 berichten staan op dit toestel")
    place.process.start()
    expect(scribe.get_by_role("button", name="Verbeter")).to_have_count(3)
    expect(scribe.get_by_role("status")).to_have_text("")

    scribe.locator(".run-message", has_text="Twee").get_by_role("button", name="Verbeter").click()
    scribe.get_by_label("Verbeter").fill("Twee: een bankje in de zon.")
    scribe.get_by_role("button", name="Bewaren").last.click()
    one = scribe.locator(".run-message", has_text="Eén")
    one.get_by_role("button", name="Terugnemen").click()
    expect(scribe.get_by_text("Teruggenomen")).to_be_visible()

    reader = someone(path=f"{made['room']}t/{made['bench']}/")
    for words, times in (("bushalte", 1), ("bankje in de zon", 1), ("meer licht", 0)):
        expect(reader.locator(".message-text", has_text=words)).to_have_count(times)
    expect(hall.wall.get_by_text("Twee: een bankje in de zon.")).to_be_visible()
    expect(hall.wall.get_by_text("in de zaal").first).to_be_visible()
    hall.boss.reload()
    expect(hall.boss.get_by_text("Uit de zaal: 2.")).to_be_visible()
