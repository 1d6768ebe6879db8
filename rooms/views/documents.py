"""What every document that is handed out has: its language, and a name to keep it under."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

LANGUAGES = dict(settings.LANGUAGES)


def wanted_language(request: HttpRequest) -> translation.override:
    """A document is in Dutch, unless another language is asked for with `?lang=`."""
    wanted = request.GET.get("lang", "nl")
    return translation.override(wanted if wanted in LANGUAGES else "nl")


def as_pdf(made: bytes, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
