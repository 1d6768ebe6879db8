"""What a first visit to a room costs on a slow line."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, CDPSession, Page

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
PATIENCE = 3.0  # seconds until everything in the page can be used
# What a quiet machine of the kind that this was settled on needs for `YARDSTICK`, in seconds.
# Other machines, and busy ones, are as much slower at the page as they are at this.
QUIET = 1.2
YARDSTICK = """
() => {
  for (let turn = 0; turn < 20; turn++) {
    const list = document.createElement("ul");
    for (let n = 0; n < 1000; n++) {
      const one = document.createElement("li");
      one.textContent = `Number ${n} of ${turn}, ${[...`${n * 7919}`].reverse().join("")}`;
      list.append(one);
    }
    document.body.replaceChildren(list);
    list.getBoundingClientRect();
  }
}
"""
ROUND_TRIPS = 4  # to the server and for the page; once more for its files
OPENINGS = 5  # what else the machine does only adds to one: the cheapest counts
SLOWER = 4  # times, the processor of an old phone
# As Chromium's own "slow 4G": round trips of 150 ms, 1.6 Mbit/s.
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


class Visit(NamedTuple):
    """A page on a slow line, the bytes of each address it asked for, and what it kept busy."""

    page: Page
    size: dict[str, int]
    busy: float  # seconds of the processor, of the thread that people wait for


@pytest.fixture(scope="module")
def address(place: Site) -> str:
    return f"{place.url}/r/{ROOM}/t/{place.script(A_FULL_PAGE).strip()}/"


@contextmanager
def visit(browser: Browser, address: str, *, slower: int = SLOWER) -> Iterator[Visit]:
    """A first visit on a processor that is so many times slower, until the page is live."""
    context = browser.new_context(locale="nl-NL", viewport={"width": 390, "height": 780})
    context.add_init_script(LAYOUT)
    page, asked, size = context.new_page(), {}, {}
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW_LINE)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    tools.on("Network.requestWillBeSent", lambda e: asked.update({e["requestId"]: e["request"]}))

    def finished(told: dict[str, Any]) -> None:
        url = asked[told["requestId"]]["url"]
        if not url.startswith("data:"):  # a picture of the browser's own: nothing is asked for
            size[url] = int(told["encodedDataLength"])

    tools.on("Network.loadingFinished", finished)
    page.goto(address)
    page.wait_for_selector(".live-line--live")
    yield Visit(page, size, busy_of(tools))
    context.close()


def busy_of(tools: CDPSession) -> float:
    """Seconds of the processor that the page has had so far."""
    figures = tools.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in figures if one["name"] == "TaskDuration"))


def yardstick(browser: Browser) -> float:
    """What the same work costs here and now, whatever else this machine does."""
    page = browser.new_page()
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = busy_of(tools)
    page.evaluate(YARDSTICK)
    taken = busy_of(tools) - before
    page.close()
    return taken


@pytest.fixture
def slow(browser: Browser, address: str) -> Iterator[Visit]:
    with visit(browser, address) as found:
        yield found


def test_everything_can_be_used_within_three_seconds(browser: Browser, address: str) -> None:
    """Counted as Lighthouse does: what the line takes, then what a slow processor takes, which
    is measured against a yardstick right beside it."""
    taken = []
    for _ in range(OPENINGS):
        here = yardstick(browser) / QUIET
        with visit(browser, address, slower=1) as found:
            line = ROUND_TRIPS * SLOW_LINE["latency"] / 1000
            line += sum(found.size.values()) / SLOW_LINE["downloadThroughput"]
            taken.append(line + SLOWER * found.busy / here)
            print(f"\n{found.busy:.3f} s busy, yardstick {here:.2f}, line {line:.2f} s")
    print(f"in use after {[round(one, 2) for one in taken]} s")
    assert min(taken) <= PATIENCE, taken


def test_a_first_visit_stays_within_its_budget(slow: Visit) -> None:
    size = slow.size
    report = "\n".join(f"{count:>7} {url}" for url, count in size.items())
    print(f"\n{report}\n{sum(size.values())} bytes")
    assert any(url.endswith(".woff2") for url in size), "the font is part of it"
    assert sum(size.values()) <= BUDGET, report
    # A script that asks for the next script would cost a slow line a round trip each.
    assert len(size) <= 8, report


def test_nothing_moves_when_the_page_becomes_live(slow: Visit) -> None:
    page = slow.page
    page.reload()  # with the font at hand, what moves is moved by the script
    page.wait_for_selector(".live-line--live")
    shifts = page.evaluate("window.shifts")
    assert sum(shift[0] for shift in shifts) < 0.001, shifts
