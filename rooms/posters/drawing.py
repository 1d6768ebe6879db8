"""WeasyPrint. Importing this fails with an OSError where the system has no Pango."""

from pathlib import Path
from typing import Any, cast

from django.conf import settings
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

FONT = "font:atkinson"  # how a sheet names it


class _OnlyOurFont(URLFetcher):  # type: ignore[misc]
    """A sheet reads nothing else, whatever stands in it."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        del headers
        if url != FONT:
            raise ValueError(f"a sheet may not read {url}")
        return URLFetcherResponse(url, _font().read_bytes(), {"Content-Type": "font/woff2"})


def drawn(html: str) -> bytes:
    """The document as a tagged PDF (PDF/UA)."""
    document = HTML(string=html, url_fetcher=_OnlyOurFont())
    return cast("bytes", document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True))


def _font() -> Path:
    assets = Path(settings.FRONTEND_DIST) / "assets"
    return next(assets.glob("atkinson-hyperlegible-next-latin-wght-normal*.woff2"))
