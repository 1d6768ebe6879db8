"""What must hold on every page: nothing from elsewhere, nothing blocked, readable for all.

Each page is opened twice, with a mouse and on a phone, and everything is looked at there and then;
the tests tell apart what was found.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page

from tests.made import copied
from tests.serving import Site, demonstration, site

from .looking import AXE, IS_READY, WATCH, found_by_axe, too_small, too_wide
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

pytestmark = pytest.mark.e2e
# Who looks, at which part of their pages, of how many parts: so that two can look side by side.
PARTS = [
    *((VISITOR, part, 4) for part in range(4)),
    *((MANAGER, part, 2) for part in range(2)),
    (RESIDENT, 0, 1),
    (ADMINISTRATOR, 0, 1),
]
LOOKS = [
    pytest.param(
        one,
        id=f"{one[0] or 'visitor'}-{one[1]}",
        marks=pytest.mark.xdist_group(f"{one[0] or 'visitor'}-{one[1]}"),
    )
    for one in PARTS
]
SHOWN = (200, 422)  # 422: a form with something wrong in it
EXPECTED = {MISSING: (404,)}
PHONE = {"has_touch": True, "is_mobile": True}
Found = dict[str, list[str]]  # what is wrong, by the kind of what is wrong


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, list[Seen]]]:
    """The demonstration's server, and every page in it."""
    folder = Path(tmp_path_factory.mktemp("pages"))
    copied("states", folder, lambda to: demonstration(to, STATES))
    made = json.loads((folder / "made.json").read_text())
    with site(folder, environment={"DELIBERATION_DEMO": "1"}) as running:
        yield running, [seen for each in pages(made).values() for seen in each]


@pytest.fixture(scope="module", params=LOOKS)
def found(
    request: pytest.FixtureRequest, browser: Browser, everything: tuple[Site, list[Seen]]
) -> Found:
    """What is wrong with these pages."""
    assert AXE.exists(), "run `npm ci` in frontend/"
    running, all_pages = everything
    who, part, parts = request.param
    mine = [seen for seen in all_pages if seen.who == who][part::parts]
    assert mine
    wrong: Found = defaultdict(list)
    for seen, page in _visited(browser, running, mine, wrong):
        kinds = {
            "blocked": page.evaluate("window.blocked"),
            "cookies": _cookies(page) if who == VISITOR else [],
            "light": found_by_axe(page, "light"),
            "dark": found_by_axe(page, "dark"),
        }
        for kind, said in kinds.items():
            wrong[kind] += [f"{seen.path} {one}" for one in said]
    for seen, page in _visited(browser, running, mine, wrong, **PHONE):
        wrong["small"] += [f"{seen.path} {said}" for said in too_small(page)]
        wrong["wide"] += [f"{seen.path} {said}" for said in too_wide(page)]
    return wrong


def _visited(
    browser: Browser, running: Site, mine: list[Seen], wrong: Found, **options: Any
) -> Iterator[tuple[Seen, Page]]:
    """Opens one page after the other; all of them are of one role."""
    ours = (running.url, running.url.replace("http", "ws"), "data:")
    context = browser.new_context(locale="nl-NL", **options)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.on("request", lambda one: one.url.startswith(ours) or wrong["foreign"].append(one.url))
    if mine[0].who:
        page.goto(f"{running.url}/demo/{mine[0].who}/")
    for seen in mine:
        answer = page.goto(running.url + seen.path)
        assert answer is not None
        assert answer.status in EXPECTED.get(seen.path, SHOWN), seen
        page.wait_for_function(IS_READY)
        yield seen, page
    context.close()


def _cookies(page: Page) -> list[str]:
    """What was kept of who only reads; a page to sign in may. They are thrown away."""
    kept = [] if "/accounts/" in page.url else [str(one) for one in page.context.cookies()]
    page.context.clear_cookies()
    return kept


def test_every_address_is_looked_at_here_or_is_no_page() -> None:
    known = pages(
        dict.fromkeys(("thread", "closed", "message", "hidden", "theirs"), 1)
        | {"hearing": 1, "meeting": 1, "token": "x", "tablet": "x"}
        | {"banned": 1, "person": 1, "need": 1, "keep": "x", "back": "x"}
        | dict.fromkeys(("late", "young", "promised", "sentence", "contest"), 1)
        | dict.fromkeys(("divided", "gone", "suggested", "appeal", "reported", "proposed"), 1)
        | {"decided": [UUID(int=1), UUID(int=2)]}
    )
    assert names() - NO_PAGES == known.keys()
    assert not known.keys() & NO_PAGES
    assert {seen.who for each in known.values() for seen in each} == {who for who, _, _ in PARTS}


def test_nothing_comes_from_elsewhere(found: Found) -> None:
    assert not found["foreign"]


def test_nothing_is_blocked(found: Found) -> None:
    assert not found["blocked"], "\n".join(found["blocked"])


def test_nobody_who_reads_gets_a_cookie(found: Found) -> None:
    assert not found["cookies"], "\n".join(found["cookies"])


def test_axe_finds_nothing(found: Found) -> None:
    assert not found["light"], "\n".join(found["light"])


def test_axe_finds_nothing_in_the_dark(found: Found) -> None:
    assert not found["dark"], "\n".join(found["dark"])


def test_nothing_scrolls_sideways(found: Found) -> None:
    assert not found["wide"], "\n".join(found["wide"])


def test_all_can_be_pressed(found: Found) -> None:
    assert not found["small"], "\n".join(found["small"])
