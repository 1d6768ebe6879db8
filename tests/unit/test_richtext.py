"""Staff write Markdown; what reaches the page is a short list of harmless tags."""

from html.parser import HTMLParser

import pytest

from rooms.richtext import ATTRIBUTES, TAGS, html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src=https://evil.example></iframe>",
    "<a href='javascript:alert(1)'>klik</a>",
    "[klik](javascript:alert(1))",
    "[klik](JaVaScRiPt:alert(1))",
    "[klik](&#106;avascript:alert(1))",
    "[klik](java\tscript:alert(1))",
    "[klik](data:text/html;base64,PHNjcmlwdD4=)",
    "[klik](vbscript:msgbox(1))",
    "![x](https://evil.example/pixel.png)",
    "![x](javascript:alert(1))",
    "<style>body{display:none}</style>",
    "<p style='position:fixed'>over alles heen</p>",
    "<form action=https://evil.example><input name=password></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<b onclick=alert(1)>vet</b>",
    '[klik](https://ok.example "x\\" onmouseover=\\"alert(1)")',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "<https://evil.example/'onclick=alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
]


class _Reader(HTMLParser):
    """Collects the tags, attributes and addresses that a browser would see."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_becomes_harmless(text: str) -> None:
    seen = _Reader(html(text))
    assert seen.tags <= TAGS
    for tag, name, value in seen.attributes:
        assert name in ATTRIBUTES[tag]
        assert value.startswith(("https://", "http://", "mailto:"))


def test_a_hostile_text_stays_readable_as_text() -> None:
    assert "alert(1)" in html("<script>alert(1)</script>")


def test_ordinary_markdown_keeps_its_shape() -> None:
    text = "## Kop\n\n**Vet** en *schuin*.\n\n- een\n- twee\n\n[site](https://zeewijk.example)"
    found = html(text)
    assert "<h2>Kop</h2>" in found
    assert "<strong>Vet</strong>" in found
    assert "<li>een</li>" in found
    assert '<a href="https://zeewijk.example">site</a>' in found


def test_an_address_in_words_does_not_become_a_link() -> None:
    assert "<a" not in html("Kijk op https://zeewijk.example")


def test_nothing_stays_nothing() -> None:
    assert html("") == ""
