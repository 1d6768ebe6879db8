"""The attacks are live: where a page is careless, they run. Else they would prove nothing."""

import pytest
from playwright.sync_api import Browser

from tests.fixtures import payloads

pytestmark = pytest.mark.e2e
# The others are for older browsers, other engines, or wait for a click or a careless script.
ENOUGH = 30
# A careless page for each attack: in words, in attributes, in a script, in a comment, in a link.
CARELESS = """
async (attacks) => {
  window.hits = new Set();
  window.hit = (number) => window.hits.add(number);
  const frames = attacks.map((attack, number) => {
    const frame = document.createElement("iframe");
    frame.srcdoc = `<script>function hit() { parent.hit(${number}) }</` + `script>
      <title>${attack}</title><p>${attack}</p><input value="${attack}"><input value='${attack}'>
      <textarea>${attack}</textarea><style>${attack}</style><!-- ${attack} -->
      <noscript>${attack}</noscript><a href="${attack}" id="link">x</a>
      <script>const said = "${attack}";</` + `script><script>const said_ = '${attack}';</` +
      `script><script>const _said = \\`${attack}\\`;</` + `script>`;
    document.body.append(frame);
    return new Promise((done) => frame.addEventListener("load", () => done(frame)));
  });
  for (const frame of await Promise.all(frames)) {
    frame.contentDocument?.getElementById("link")?.click?.();
  }
}
"""


def test_attacks_of_many_kinds_run_where_a_page_is_careless(browser: Browser) -> None:
    attacks = payloads.kinds()
    page = browser.new_page()
    empty = "<!doctype html>"
    page.route("**/*", lambda route: route.fulfill(body=empty, content_type="text/html"))
    page.goto("http://careless.test/")
    page.evaluate(CARELESS, attacks)
    page.wait_for_function("(enough) => window.hits.size >= enough", arg=ENOUGH)
    page.close()
