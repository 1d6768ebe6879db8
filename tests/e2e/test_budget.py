"""What a first visit to a room costs on a slow line."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.serving import Site

from .conftest import ROOM

pytestmark = pytest.mark.e2e
A_FULL_PAGE = f"""
from deliberation.eventlog.log import writing
from deliberation.kernel.clock import now
from rooms.models import Room
from tests import given
room, author = Room.objects.get(slug={ROOM!r}), given.a_resident("Teller")
words = "Het is hier donker en nat, en dat zeg ik nu al {{}} keer tegen iedereen die het wil horen."
thread = given.a_thread(room, "Een druk gesprek", by=author, at=now())
with writing():
    for number in range(120):
        given.a_message(room, thread, words.format(number), by=author, at=now())
print(thread.pk)
"""
BUDGET = 100_000  # bytes over the line, of everything the page asks for
# As Chromium's own "slow 4G": round trips of 150 ms, 1.6 Mbit/s; a processor of a quarter.
SLOW_LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}
LAYOUT = """
window.shifts = [];
new PerformanceObserver((list) => list.getEntries().forEach((one) => {
  const moved = one.sources.map((each) => each.node?.outerHTML?.slice(0, 90));
  if (!one.hadRecentInput) window.shifts.push([one.value, ...moved]);
})).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def slow(browser: Browser, place: Site) -> Iterator[tuple[Page, dict[str, int]]]:
    """A page on a slow line and a slow processor, and the bytes of each address it asked for."""
    context = browser.new_context(locale="nl-NL", viewport={"width": 390, "height": 780})
    context.add_init_script(LAYOUT)
    page, asked, size = context.new_page(), {}, {}
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW_LINE)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    tools.on("Network.requestWillBeSent", lambda e: asked.update({e["requestId"]: e["request"]}))
    tools.on(
        "Network.loadingFinished",
        lambda e: size.update({asked[e["requestId"]]["url"]: int(e["encodedDataLength"])}),
    )
    page.goto(f"{place.url}/r/{ROOM}/t/{place.script(A_FULL_PAGE).strip()}/")
    page.wait_for_selector(".live-line--live")
    yield page, size
    context.close()


def test_a_first_visit_stays_within_its_budget(slow: tuple[Page, dict[str, int]]) -> None:
    page, size = slow
    interactive = page.evaluate("performance.now()")
    report = "\n".join(f"{count:>7} {url}" for url, count in size.items())
    print(f"\n{report}\n{sum(size.values())} bytes; live after {interactive:.0f} ms")
    assert any(url.endswith(".woff2") for url in size), "the font is part of it"
    assert sum(size.values()) <= BUDGET, report
    # A script that asks for the next script would cost a slow line a round trip each.
    assert len(size) <= 8, report


def test_nothing_moves_when_the_page_becomes_live(slow: tuple[Page, dict[str, int]]) -> None:
    page, _ = slow
    page.reload()  # with the font at hand, what moves is moved by the script
    page.wait_for_selector(".live-line--live")
    shifts = page.evaluate("window.shifts")
    assert sum(shift[0] for shift in shifts) < 0.001, shifts
