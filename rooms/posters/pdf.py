"""A sheet as a PDF, drawn once and kept for a while."""

from hashlib import sha256
from importlib import import_module
from threading import Lock
from typing import cast

from django.core.cache import cache

from deliberation.kernel.refusals import Refused, gettext_noop

KEPT = 3600  # seconds; a class that opens a poster at once costs one
_one_at_a_time = Lock()


def pdf(html: str) -> bytes:
    """The sheet as a tagged PDF. Refused where the system can't draw text."""
    key = f"pdf:{sha256(html.encode()).hexdigest()}"
    if kept := cache.get(key):
        return cast("bytes", kept)
    with _one_at_a_time:
        made = _drawn(html)
    cache.set(key, made, KEPT)
    return made


def _drawn(html: str) -> bytes:
    try:
        drawing = import_module("rooms.posters.drawing")  # needs libraries of the system
    except OSError as error:
        raise Refused(
            "unavailable",
            gettext_noop("This site can't make posters now. Ask its keeper to install Pango."),
        ) from error
    return cast("bytes", drawing.drawn(html))
