"""The style sheet of the chosen theme."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def theme_css(request: HttpRequest) -> HttpResponse:
    """Kept by browsers for ever: pages ask for it by its version (`?v=`)."""
    response = HttpResponse(settings.THEME.css, content_type="text/css; charset=utf-8")
    if request.GET.get("v") == settings.THEME.version:
        response["Cache-Control"] = FOR_EVER
    return response
