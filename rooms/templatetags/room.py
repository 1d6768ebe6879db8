"""What the room page's template needs beyond Django's own tags."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation.trans_real import DjangoTranslation
from django.views.i18n import JavaScriptCatalog

from deliberation.kernel import clock
from rooms.embedding import escaped
from rooms.models import Ground

register = template.Library()


@register.simple_tag
def words(script: str) -> SafeString:
    """The translations that a page's script may need, for a `<script type="application/json">`.

    `script` is its name in the frontend's build, which tells what each of them says.
    """
    view = JavaScriptCatalog()
    view.translation = DjangoTranslation(get_language() or "en", domain="djangojs")
    said, known = _said(script), view.get_catalog()
    found = {msgid: known[msgid] for msgid in said if msgid in known}
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(escaped(text))  # noqa: S308 - escaped for a script element


@cache
def _said(script: str) -> list[str]:
    built = Path(settings.FRONTEND_DIST)
    pages: dict[str, list[str]] = {}
    for path in (built / "words.json", built / "hall" / "words.json"):
        pages |= json.loads(path.read_text())
    return pages[script]


@register.filter
def ground(key: str) -> str:
    """Why a message is hidden, in words."""
    return str(Ground(key).label)


@register.filter
def until(end: datetime) -> str:
    """The time, with the day where that is another one than today."""
    local, today = timezone.localtime(end), timezone.localtime(clock.now()).date()
    return date_format(local, "H:i" if local.date() == today else "j F H:i")


@register.filter
def percent(share: float) -> str:
    """A share of 0 to 1 in whole per cents."""
    return f"{round(100 * share)}%"


@register.filter
def initials(name: str) -> str:
    """The first letters of the first two words of a name."""
    return "".join(part[0] for part in name.split()[:2]).upper() or "?"


@register.filter
def eighth(number: int) -> int:
    """One of eight colours for an avatar."""
    return (number or 0) % 8
