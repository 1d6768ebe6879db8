"""Pages over the line: Brotli for browsers that take it, gzip for the others.

Brotli makes our pages a fifth smaller than gzip does, in the same time.
"""

import re

import brotli
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

LEAST = 200  # bytes, as with gzip: less is not worth it
QUALITY = 5  # of 11; what lies above it costs far more time than it saves bytes
_TAKES_BROTLI = re.compile(r"\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:\s*(?:,|$)))")


class CompressingMiddleware(GZipMiddleware):
    """What secrets a page holds are masked anew each time, so their length tells nothing."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not self._suits(request, response):
            return super().process_response(request, response)
        content = response.content  # type: ignore[attr-defined]
        pressed = brotli.compress(content, mode=brotli.MODE_TEXT, quality=QUALITY)
        patch_vary_headers(response, ("Accept-Encoding",))
        if len(pressed) < len(content):
            response.content = pressed  # type: ignore[attr-defined]
            response.headers["Content-Length"] = str(len(pressed))
            response.headers["Content-Encoding"] = "br"
            if (tag := response.headers.get("ETag", "")).startswith('"'):
                response.headers["ETag"] = f"W/{tag}"
        return response

    @staticmethod
    def _suits(request: HttpRequest, response: HttpResponseBase) -> bool:
        if response.streaming or response.has_header("Content-Encoding"):
            return False
        takes = _TAKES_BROTLI.search(request.headers.get("Accept-Encoding", ""))
        return bool(takes) and len(response.content) >= LEAST  # type: ignore[attr-defined]
