"""What the pages of moderation need beyond Django's own tags."""

from datetime import datetime, timedelta
from math import ceil

from django import template
from django.utils.translation import ngettext

from moderation.grounds import GROUNDS

register = template.Library()


@register.filter
def hours(wait: timedelta) -> int:
    """Whole hours, rounded up; 0 for up to half an hour."""
    found = wait.total_seconds() / 3600
    return 0 if found <= 0.5 else ceil(found)


@register.filter
def left(until: datetime, now: datetime) -> str:
    """How long until then: "40 min" or "3 h"; how long ago, where it is past."""
    minutes = int(abs((until - now).total_seconds()) // 60)
    if minutes < 120:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    whole = minutes // 60
    return ngettext("%(n)s hour", "%(n)s hours", whole) % {"n": whole}


@register.filter
def short(ground: str) -> str:
    """A ground in a few words, with a capital."""
    return str(GROUNDS[ground].key.label).capitalize()
