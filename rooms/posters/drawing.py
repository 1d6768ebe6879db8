"""WeasyPrint. Importing this fails with an OSError where the system has no Pango."""

from pathlib import Path
from typing import Any, cast

from django.conf import settings
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

FONT = "font:atkinson"  # how a sheet names it
MORE = "font:atkinson-more"  # letters with marks that Dutch has not
_FILES = {FONT: "latin", MORE: "latin-ext"}


class _OnlyOurFont(URLFetcher):  # type: ignore[misc]
    """A sheet reads nothing else, whatever stands in it."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        del headers
        if url not in _FILES:
            raise ValueError(f"a sheet may not read {url}")
        font = _font(_FILES[url]).read_bytes()
        return URLFetcherResponse(url, font, {"Content-Type": "font/woff2"})


def drawn(html: str) -> bytes:
    """The document as a tagged PDF (PDF/UA)."""
    document = HTML(string=html, url_fetcher=_OnlyOurFont())
    return cast("bytes", document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True))


def _font(letters: str) -> Path:
    assets = Path(settings.FRONTEND_DIST) / "assets"
    return next(assets.glob(f"atkinson-hyperlegible-next-{letters}-wght-normal*.woff2"))
