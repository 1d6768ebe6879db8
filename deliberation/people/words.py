"""A refusal in words, in the reader's language."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from deliberation.kernel.refusals import Refused


def sentence(refused: Refused) -> str:
    """What to show. Translates where a language is active; values become readable too."""
    return gettext(refused.text) % {name: _readable(v) for name, v in refused.values.items()}


def _readable(value: object) -> object:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F H:i")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value
