"""What a need is about, in words."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from deliberation.engine.words import data


def theme_name(theme: str) -> str:
    """The engine's name of a theme, in the reader's language; as it stands where it has none."""
    if theme in ("", "other"):
        return _("Something else")
    names = data("themes").get(theme, {})
    return str(names.get((get_language() or "nl")[:2]) or names.get("nl") or theme)
