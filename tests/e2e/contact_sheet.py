"""Every page, at three widths, in each theme, light and dark, on one sheet: `make screenshots`.

Writes `build/screenshots/`: a PNG a page, for each look `<look>.html` and `<look>.png` with all of
them side by side, and `index.html` with everything on one sheet: a row a page, a column a look.
The demonstration is served, with the states of `pages.STATES`.
"""

import argparse
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from itertools import product
from pathlib import Path
from typing import NamedTuple

import django
from playwright.sync_api import Browser, Page, sync_playwright

from deliberation.config.environment import ROOT
from deliberation.config.themes import BUILT_IN
from tests.serving import Site, site

from .conftest import FLAGS, dressed
from .pages import STATES, Seen, pages

TO = ROOT / "build" / "screenshots"
WIDTHS = {360: 740, 768: 1024, 1440: 900}  # pixels: width and height
SETTINGS = "deliberation.config.settings"
SCHEMES = ("light", "dark")
IS_READY = """
() => !document.getElementById("opening") || document.querySelector(".live-line--live")
"""
SHEET = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{look}</title><style>
body {{ margin: 16px; background: #888; font: 13px sans-serif; color: #000; }}
main {{ display: grid; grid-template-columns: repeat(auto-fill, 360px); gap: 16px; }}
figure {{ margin: 0; }} figcaption {{ overflow-wrap: anywhere; }}
img {{ width: 360px; max-height: 900px; object-fit: cover; object-position: top; }}
</style><h1>{look}</h1><main>{figures}</main></html>"""


INDEX = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Every page</title><style>
body {{ margin: 16px; background: #888; font: 13px sans-serif; color: #000; }}
table {{ border-spacing: 8px; }} th {{ text-align: start; vertical-align: top; }}
thead th {{ position: sticky; top: 0; background: #888; }}
tbody th {{ width: 160px; overflow-wrap: anywhere; font-weight: normal; }}
td {{ padding: 0; vertical-align: top; }}
img {{ width: 200px; max-height: 320px; object-fit: cover; object-position: top; }}
</style><h1>Every page</h1><table><thead><tr><th>Page</th>{looks}</tr></thead>
<tbody>{rows}</tbody></table></html>"""
Shots = list[tuple[str, Path]]


class Look(NamedTuple):
    """One way in which everything is seen."""

    theme: str
    scheme: str
    width: int

    def __str__(self) -> str:
        return f"{self.theme}-{self.scheme}-{self.width}"


def looks(widths: list[int]) -> list[Look]:
    return [Look(*one) for one in product(BUILT_IN, SCHEMES, widths)]


def few() -> list[Look]:
    """Every page once on a phone and once on a wide screen, for when there is little time."""
    return [Look(next(iter(BUILT_IN)), "light", width) for width in (360, 1440)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--width", type=int, choices=WIDTHS, action="append")
    parser.add_argument("--few", action="store_true", help="one theme, light, two widths")
    parser.add_argument("--page", help="only addresses with this in them", default="")
    asked = parser.parse_args()
    shutil.rmtree(TO, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder, _town(Path(folder)) as (running, all_pages):
        wanted = [seen for seen in all_pages if asked.page in seen.path]
        with sync_playwright() as playwright:
            path = shutil.which("chromium") or shutil.which("chromium-browser")
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            sheets: dict[Look, Shots] = {}
            for look in few() if asked.few else looks(asked.width or list(WIDTHS)):
                sheets[look] = list(_shots(browser, running, wanted, look))
                _sheet(browser, look, sheets[look])
                print(TO / f"{look}.png")
            browser.close()
    (TO / "index.html").write_text(index(sheets))
    print(TO / "index.html")


@contextmanager
def _town(folder: Path) -> Iterator[tuple[Site, list[Seen]]]:
    """The demonstration's server, and every page in it."""
    with site(folder, environment={"DELIBERATION_DEMO": "1"}) as running:
        os.environ.update(running.environment, DJANGO_SETTINGS_MODULE=SETTINGS)
        django.setup()
        running.run("demo")
        made = json.loads(running.script(STATES))
        yield running, [seen for each in pages(made).values() for seen in each]


def _shots(
    browser: Browser, running: Site, wanted: list[Seen], look: Look
) -> Iterator[tuple[str, Path]]:
    """A picture of each page, by who sees it and where."""
    folder = TO / str(look)
    folder.mkdir(parents=True)
    for who in dict.fromkeys(seen.who for seen in wanted):
        context = browser.new_context(
            locale="nl-NL",
            viewport={"width": look.width, "height": WIDTHS[look.width]},
            color_scheme=look.scheme,
        )
        page = dressed(context, look.theme).new_page()
        if who:
            page.goto(f"{running.url}/demo/{who}/")
        for seen in (one for one in wanted if one.who == who):
            path = folder / f"{len(list(folder.iterdir())):03}.png"
            _shoot(page, running.url + seen.path, path)
            yield f"{who or 'visitor'} {seen.path}", path
        context.close()


def _shoot(page: Page, address: str, path: Path) -> None:
    page.goto(address)
    page.wait_for_function(IS_READY)
    page.screenshot(path=path, full_page=True)


def index(sheets: Mapping[Look, Shots]) -> str:
    """Everything on one sheet. All looks show the same pages, in the same order."""
    rows = []
    for row in zip(*sheets.values(), strict=True):
        cells = "".join(f"<td>{_thumb(path.relative_to(TO))}</td>" for _, path in row)
        rows.append(f"<tr><th>{escape(row[0][0])}</th>{cells}</tr>")
    heads = "".join(f"<th>{look}</th>" for look in sheets)
    return INDEX.format(looks=heads, rows="\n".join(rows))


def _thumb(path: Path) -> str:
    return f'<a href="{path}"><img src="{path}" alt="" loading="lazy"></a>'


def _sheet(browser: Browser, look: Look, shots: Shots) -> None:
    figures = "".join(
        f'<figure><img src="{path.relative_to(TO)}" alt=""><figcaption>{escape(name)}</figcaption>'
        "</figure>"
        for name, path in shots
    )
    html = TO / f"{look}.html"
    html.write_text(SHEET.format(look=look, figures=figures))
    page = browser.new_page(viewport={"width": 2300, "height": 1000})
    page.goto(html.as_uri())
    page.screenshot(path=html.with_suffix(".png"), full_page=True)
    page.close()


if __name__ == "__main__":
    main()
