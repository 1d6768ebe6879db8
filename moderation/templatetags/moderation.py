"""What the pages of moderation need beyond Django's own tags."""

from datetime import datetime, timedelta
from math import ceil

from django import template
from django.utils.formats import number_format
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
    """How long until then; how long ago, where it is past."""
    return lasting(abs((until - now).total_seconds()) / 60)


@register.filter
def short(ground: str) -> str:
    """A ground in a few words, with a capital."""
    return str(GROUNDS[ground].key.label).capitalize()


@register.filter
def figure(value: float | None, unit: str) -> str:
    """A figure as people read it; a dash where there is none."""
    if value is None:
        return "–"
    if unit == "share":
        return f"{round(100 * value)}%"
    if unit == "part":
        return f"{number_format(100 * value, 1)}%"
    return lasting(value) if unit == "minutes" else str(value)


def lasting(minutes: float) -> str:
    """A number of minutes in whole minutes, hours or days."""
    whole = int(minutes)
    if whole < 120:
        return ngettext("%(n)s minute", "%(n)s minutes", whole) % {"n": whole}
    if whole < 48 * 60:
        return ngettext("%(n)s hour", "%(n)s hours", whole // 60) % {"n": whole // 60}
    return ngettext("%(n)s day", "%(n)s days", whole // 1440) % {"n": whole // 1440}
