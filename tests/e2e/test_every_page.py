"""What must hold on every page: nothing from elsewhere, nothing blocked, readable for all."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from deliberation.config.environment import ROOT
from deliberation.config.themes import BUILT_IN
from tests.serving import Site, site

from .conftest import dressed
from .pages import (
    ADMINISTRATOR,
    MANAGER,
    MISSING,
    NO_PAGES,
    RESIDENT,
    STATES,
    VISITOR,
    Seen,
    names,
    pages,
)

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("every page")]
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
ROLES = (VISITOR, RESIDENT, MANAGER, ADMINISTRATOR)
Visit = Callable[..., Iterator[tuple[Seen, Page]]]
SHOWN = (200, 422)  # 422: a form with something wrong in it
EXPECTED = {MISSING: (404,)}
WATCH = """
window.blocked = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.blocked.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
IS_READY = """
() => !document.getElementById("opening") || document.querySelector(".live-line--live")
"""
WIDTHS = (360, 1440)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that the dark can change
RUN_AXE = """
async (rules) => (await axe.run(document, { runOnly: rules })).violations
  .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))}`)
"""
# What is pressed with a finger and too small for it; a link within a sentence may be (WCAG 2.5.8).
SMALL = """
(least) => [...document.querySelectorAll("a, button, summary, input, select, textarea")]
  .filter((one) => one.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}))
  .filter((one) => getComputedStyle(one).pointerEvents !== "none")
  .filter((one) => !one.closest(".skip-link, .visually-hidden") && one.type !== "hidden")
  .filter((one) => !(one.tagName === "A" && getComputedStyle(one).display === "inline"))
  .map((one) => [one, (one.closest("label") ?? one).getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.height < least - 0.5 || box.width < least - 0.5))
  .map(([one, { width, height }]) => `${width} x ${height} ${one.outerHTML.slice(0, 120)}`)
"""


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, list[Seen]]]:
    """The demonstration's server, and every page in it."""
    folder = Path(tmp_path_factory.mktemp("pages"))
    with site(folder, environment={"DELIBERATION_DEMO": "1"}) as running:
        running.run("demo")
        made = json.loads(running.script(STATES))
        yield running, [seen for each in pages(made).values() for seen in each]


@pytest.fixture
def visit(browser: Browser, demonstration: tuple[Site, list[Seen]]) -> Iterator[Visit]:
    """Opens every page of a role, at a width; fails on what a page asks elsewhere."""
    running, all_pages = demonstration
    contexts: list[BrowserContext] = []
    foreign: list[str] = []

    def pages_of(who: str, theme: str = "", **options: Any) -> Iterator[tuple[Seen, Page]]:
        context = browser.new_context(locale="nl-NL", **options)
        contexts.append(dressed(context, theme) if theme else context)
        context.add_init_script(WATCH)
        page = context.new_page()
        ours = (running.url, running.url.replace("http", "ws"), "data:")
        page.on("request", lambda one: one.url.startswith(ours) or foreign.append(one.url))
        if who:
            page.goto(f"{running.url}/demo/{who}/")
        for seen in all_pages:
            if seen.who == who:
                answer = page.goto(running.url + seen.path)
                assert answer is not None
                assert answer.status in EXPECTED.get(seen.path, SHOWN), seen
                page.wait_for_function(IS_READY)
                yield seen, page

    yield pages_of
    for context in contexts:
        context.close()
    assert foreign == []


def test_every_address_is_looked_at_here_or_is_no_page(
    demonstration: tuple[Site, list[Seen]],
) -> None:
    known = pages(
        dict.fromkeys(("thread", "closed", "message", "hidden", "theirs"), 1)
        | {"banned": 1, "person": 1, "need": 1, "keep": "x", "back": "x"}
        | dict.fromkeys(("late", "young", "promised", "sentence", "contest"), 1)
        | dict.fromkeys(("divided", "gone", "suggested"), 1)
    ).keys()
    assert names() - NO_PAGES == known
    assert not known & NO_PAGES


@pytest.mark.parametrize("who", ROLES)
def test_nothing_is_blocked_and_nobody_who_reads_gets_a_cookie(visit: Visit, who: str) -> None:
    for seen, page in visit(who):
        assert page.evaluate("window.blocked") == [], seen
        if who == VISITOR:
            assert page.context.cookies() == [] or seen.path.startswith("/accounts/"), seen
            page.context.clear_cookies()


def found_by_axe(visited: Iterator[tuple[Seen, Page]], rules: list[str]) -> list[str]:
    """What it finds on each page, on a phone and on a wide screen."""
    assert AXE.exists(), "run `npm ci` in frontend/"
    source, found = AXE.read_text(), []
    for seen, page in visited:
        page.evaluate(source)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{seen.path} {width} px {said}" for said in page.evaluate(RUN_AXE, rules)]
    return found


@pytest.mark.parametrize("theme", BUILT_IN)
@pytest.mark.parametrize("who", ROLES)
def test_axe_finds_nothing(visit: Visit, who: str, theme: str) -> None:
    found = found_by_axe(visit(who, theme), RULES)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("theme", BUILT_IN)
@pytest.mark.parametrize("who", ROLES)
def test_axe_finds_nothing_in_the_dark(visit: Visit, who: str, theme: str) -> None:
    found = found_by_axe(visit(who, theme, color_scheme="dark"), COLOURS)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("who", ROLES)
def test_nothing_scrolls_sideways_and_all_can_be_pressed(visit: Visit, who: str) -> None:
    wide: list[str] = []
    small: list[str] = []
    for seen, page in visit(who, has_touch=True, is_mobile=True):
        page.set_viewport_size({"width": 320, "height": 700})
        wide += [f"{seen.path} at 320 px"] * (
            page.evaluate("document.documentElement.scrollWidth") > 320
        )
        small += [f"{seen.path} {said}" for said in page.evaluate(SMALL, 44)]
        page.set_viewport_size({"width": 720, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide += [f"{seen.path} at 200 %"] * (
            page.evaluate("document.documentElement.scrollWidth") > 720
        )
    assert not wide + small, "\n".join(wide + small)
