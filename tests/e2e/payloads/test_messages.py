"""Whatever people write is shown as they wrote it: nothing runs, nothing is blocked, nothing lost.

Over 800 strings in many disguises go through the real server and back into a real browser.
"""

import pytest
from playwright.sync_api import Page

from deliberation.kernel.text import message_text
from tests.e2e.conftest import ROOM
from tests.serving import Site

from .conftest import Open
from .texts import ATTACKS, BODIES, CORE

pytestmark = pytest.mark.e2e
AT_ONCE = 95  # messages a thread: they stand in two pages
BATCHES = [BODIES[at : at + AT_ONCE] for at in range(0, len(BODIES), AT_ONCE)]
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
    assert len(ATTACKS) >= 200
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
    live, plain = (_texts(page, ".message-text") for page in (reader, later))
    for page in (reader, later):
        page.locator(".message-text").last.click(force=True)
    with later.expect_navigation():
        later.locator(".messages-more a").first.click()
    plain |= _texts(later, ".message-text")
    for shown in (live, plain):
        assert [shown[number] for number in ids] == expected


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
