"""The site as an app: its description, its service worker, and the page for without a line."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """The web app manifest: name, colours and icon."""
    colours = settings.THEME.light
    about = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME[:12],
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": "nl",
        "background_color": colours["page"],
        "theme_color": colours["surface"],
        "icons": [
            {
                "src": static("favicon.svg"),
                "sizes": "any",
                "type": "image/svg+xml",
                "purpose": "any maskable",
            }
        ],
    }
    return JsonResponse(about, content_type="application/manifest+json")


@require_safe
def service_worker(_request: HttpRequest) -> HttpResponse:
    """At the root, so that it serves every page. Browsers ask for it anew, and compare."""
    response = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Kept by the service worker for when a page is asked that it has not."""
    return render(request, "rooms/offline.html")


@cache
def _worker() -> bytes:
    dist = Path(settings.FRONTEND_DIST)
    built = json.loads((dist / "manifest.json").read_text())
    return (dist / str(built["src/sw.ts"]["file"])).read_bytes()
