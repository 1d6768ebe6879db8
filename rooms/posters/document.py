"""Documents as PDF: tagged, with bookmarks, in Dutch or the language that is active."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from .pdf import pdf
from .sheet import code


def document(template: str, *, address: str, **context: Any) -> bytes:
    """A document that says where it can be found; `template` extends "rooms/document.html".
    Raises Refused where nothing can be drawn."""
    colours = settings.THEME.light
    frame = {
        "address": address,
        "shown_address": address.partition("://")[2],
        "code": code(address),
        "accent": colours["accent-text"],
        "ink": colours["text"],
        "quiet": colours["text-quiet"],
        "line": colours["line"],
        "soft": colours["accent-soft"],
        "site_name": settings.SITE_NAME,
        "organisation": settings.ORGANISATION,
    }
    return pdf(render_to_string(template, frame | context))
