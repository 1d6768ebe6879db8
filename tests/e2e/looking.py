"""What is measured in a page that stands open, whatever page it is."""

from playwright.sync_api import Page

from deliberation.config.environment import ROOT
from deliberation.config.themes import BUILT_IN, theme

AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
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
COLOURS = ["color-contrast", "link-in-text-block"]  # all that a theme and the dark can change
# Colours that are on their way from one theme to the next are there at once.
RUN_AXE = """
async (rules) => {
  for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
  return (await axe.run(document, { runOnly: rules, resultTypes: ["violations"] })).violations
    .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))}`);
}
"""
DRESS = """
(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}
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
FINGER = 44  # pixels


def dress(page: Page, name: str) -> None:
    """In this theme, whatever the site's own is, without loading it again."""
    page.evaluate(DRESS, theme(name).css)


def found_by_axe(page: Page, scheme: str) -> list[str]:
    """On a phone and on a wide screen, in each theme, by day ("light") or in the dark ("dark").

    A theme holds colours and roundness alone, so all rules are looked at once a width, by day.
    """
    found = []
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text())
    page.emulate_media(color_scheme=scheme)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for number, name in enumerate(BUILT_IN):
            dress(page, name)
            rules = RULES if scheme == "light" and number == 0 else COLOURS
            found += [f"{width} px, {name}: {said}" for said in page.evaluate(RUN_AXE, rules)]
    return found


def too_wide(page: Page) -> list[str]:
    """Where one must scroll sideways: on the smallest phone, or with letters twice as large."""
    found = []
    page.set_viewport_size({"width": 320, "height": 700})
    if page.evaluate("document.documentElement.scrollWidth") > 320:
        found.append("at 320 px")
    page.set_viewport_size({"width": 720, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if page.evaluate("document.documentElement.scrollWidth") > 720:
        found.append("at 200 %")
    return found


def too_small(page: Page) -> list[str]:
    """What a finger can't press, on the smallest phone."""
    page.set_viewport_size({"width": 320, "height": 700})
    return list(page.evaluate(SMALL, FINGER))
