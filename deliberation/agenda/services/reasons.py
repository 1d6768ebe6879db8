"""Reasons that the software gives itself. They are kept, and public, in the site's language."""

from django.conf import settings
from django.utils.translation import gettext, override


def in_site_language(text: str, **values: object) -> str:
    """`text`, marked for translation, with its places filled."""
    with override(settings.LANGUAGE_CODE):
        return gettext(text) % values


def name_of(kenmerk: str | None, title: str) -> str:
    """What to call a need: by its kenmerk where it has one."""
    return kenmerk or f"“{title}”"
