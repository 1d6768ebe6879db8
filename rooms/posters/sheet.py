"""What stands on a poster."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

# Points, for a question of at most so many characters: what is long gets smaller, never cut.
SIZES = ((28, 54), (60, 44), (110, 34), (200, 26))
SMALLEST = 20


@dataclass(frozen=True)
class Sheet:
    """`question` in large letters, `place` above it, and where the code leads."""

    question: str
    place: str
    address: str

    def html(self) -> str:
        """The sheet in the active language."""
        colours = settings.THEME.light
        context = {
            "sheet": self,
            "code": code(self.address),
            "shown_address": self.address.partition("://")[2].removesuffix("/"),
            "size": next((size for most, size in SIZES if len(self.question) <= most), SMALLEST),
            "accent": colours["accent"],
            "on_accent": colours["on-accent"],
            "soft": colours["accent-soft"],
            "ink": colours["text"],
            "site_name": settings.SITE_NAME,
            "organisation": settings.ORGANISATION,
            "offline": settings.OFFLINE,
        }
        return render_to_string("rooms/poster.html", context)


def code(address: str) -> SafeString:
    """A QR code that still works with a seventh of it damaged; drawn by us, of our own address."""
    return mark_safe(segno.make_qr(address, error="m").svg_inline(border=0, omitsize=True))  # noqa: S308
