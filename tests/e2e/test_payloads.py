"""Whatever people type is shown as they typed it: nothing runs, nothing is blocked, nothing lost.

Over 800 strings (script attacks of the published classes in many disguises, and strings that are
only odd) go through the real server and back into a real browser.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from deliberation.kernel.refusals import Refused
from deliberation.kernel.text import line, message_text
from tests.fixtures import payloads
from tests.serving import Site, site

from .conftest import A_ROOM, ROOM

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("payloads")]
AT_ONCE = 95  # messages a thread: all of them stand in one page
Open = Callable[..., Page]
SENTINEL = """
window.ran = []; window.blocked = [];
window.hit = () => window.ran.push(document.location.href);
document.addEventListener("securitypolicyviolation", (event) =>
  window.blocked.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
# A few at a time, as many people would; the answer is the id of each, in the order of asking.
POST_ALL = """
async ([room, thread, messages]) => {
  const ids = [];
  const send = async (number) => {
    const ref = crypto.randomUUID();
    const answer = await fetch(`/live/${room}/commands`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ type: "message.post", ref, thread, ...messages[number] }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    ids[number] = (await answer.json()).id;
  };
  const waiting = [...messages.keys()];
  const worker = async () => { while (waiting.length) await send(waiting.shift()); };
  await Promise.all([1, 2, 3, 4, 5].map(worker));
  return ids;
}
"""
TEXTS = """
(inside) => Object.fromEntries([...document.querySelectorAll(".message:has(.message-text)")]
  .map((one) => [Number(one.id.slice(1)), one.querySelector(inside)?.textContent]))
"""
ALL_SHOWN = "(count) => document.querySelectorAll('.message-text').length === count"
JOIN = """
(name) => fetch("/r/plein/join", { method: "POST", body: new URLSearchParams({ name }) })
"""


def _sendable(texts: list[str]) -> list[str]:
    """Those that are not refused as empty or too long."""
    found = []
    for text in texts:
        try:
            message_text(text)
        except Refused:
            continue
        found.append(text)
    return found


BODIES = _sendable(payloads.everything())
BATCHES = [BODIES[at : at + AT_ONCE] for at in range(0, len(BODIES), AT_ONCE)]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    settings = {"DELIBERATION_RATE_LIMITS": "off"}
    with site(Path(tmp_path_factory.mktemp("payloads")), environment=settings) as running:
        running.script(A_ROOM)
        yield running


@pytest.fixture
def opened(browser: Browser, place: Site) -> Iterator[Open]:
    """Opens an address; afterwards nothing ran, was blocked, or came from elsewhere."""
    contexts: list[BrowserContext] = []
    pages: list[Page] = []
    wrong: list[str] = []

    def open_page(path: str, *, scripts: bool = True, cookie: str = "") -> Page:
        context = browser.new_context(java_script_enabled=scripts, locale="nl-NL")
        contexts.append(context)
        if cookie:
            name, _, value = cookie.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": place.url}])
        context.add_init_script(SENTINEL)
        page = context.new_page()
        pages.append(page)
        ours = (place.url, place.url.replace("http", "ws"), "data:")
        page.on("request", lambda one: one.url.startswith(ours) or wrong.append(one.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.goto(place.url + path)
        return page

    yield open_page
    for page in pages:
        wrong += page.evaluate("[...(window.ran ?? []), ...(window.blocked ?? [])]")
    for context in contexts:
        context.close()
    assert wrong == []


def _thread(place: Site) -> int:
    return int(
        place.script(
            "from deliberation.kernel.clock import now\nfrom rooms.models import Room\n"
            "from tests import given\n"
            f"room = Room.objects.get(slug={ROOM!r})\n"
            "print(given.a_thread(room, at=now()).pk)"
        )
    )


def test_there_are_enough_of_them() -> None:
    assert len(_sendable(payloads.attacks())) >= 200
    assert len(BODIES) >= 800


@pytest.mark.parametrize("batch", range(len(BATCHES)))
def test_messages_are_shown_as_they_were_sent(opened: Open, place: Site, batch: int) -> None:
    thread, sent = _thread(place), BATCHES[batch]
    path, expected = f"/r/{ROOM}/t/{thread}/", [message_text(body) for body in sent]
    reader = opened(path)
    reader.wait_for_selector(".live-line--live")
    reader.evaluate(JOIN, f"Schrijver {batch}")
    ids = reader.evaluate(POST_ALL, [ROOM, thread, [{"body": body} for body in sent]])
    reader.wait_for_function(ALL_SHOWN, arg=len(sent) + 1)
    later = opened(path, scripts=False)
    for page in (reader, later):
        shown = _texts(page, ".message-text")
        assert [shown[number] for number in ids] == expected
        page.locator(".message-text").last.click(force=True)


def test_quotes_are_the_words_that_were_sent(opened: Open, place: Site) -> None:
    thread, sent = _thread(place), CORE[:: len(CORE) // 40]
    path, expected = f"/r/{ROOM}/t/{thread}/", [message_text(body) for body in sent]
    reader = opened(path)
    reader.evaluate(JOIN, "Aanhaler")
    ids = reader.evaluate(POST_ALL, [ROOM, thread, [{"body": body} for body in sent]])
    answers = [{"body": "Dat vind ik ook.", "reply_to": number} for number in ids]
    ids = reader.evaluate(POST_ALL, [ROOM, thread, answers])
    reader.wait_for_function(ALL_SHOWN, arg=2 * len(sent) + 1)
    live, plain = _texts(reader, ".quote-text"), _texts(opened(path, scripts=False), ".quote-text")
    assert [live[number] for number in ids] == expected
    for number, text in zip(ids, expected, strict=True):
        assert plain[number] == text or text.startswith(plain[number].removesuffix("…"))


def _texts(page: Page, inside: str) -> dict[int, str]:
    """What stands in that part of each message, by its id."""
    return {int(number): text for number, text in page.evaluate(TEXTS, inside).items()}


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
        actor=acting, room=room, ref=new_ref(), message=message.pk, reason=text[:500], at=at
    )
room_mode(
    actor=acting, room=room, ref=new_ref(), mode="slow", reason=whole[:500], slow_seconds=60,
    until=at + timedelta(days=1), at=at,
)
print(people.pk)
"""
CORE = [text for text in _sendable(payloads.core()) if line(text, limit=2000)]


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
        assert page.locator("h1").text_content() == "Zoek in deze kamer"
        field = page.locator("[name=q]").first.input_value()
        assert field == text[:200].replace("\n", "").replace("\r", "").replace("\0", "�")


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
