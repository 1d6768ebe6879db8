"""Icons in templates: `{% icon "send" %}`. The build writes which there are."""

import json
from functools import cache

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
Drawing = list[tuple[str, dict[str, str]]]


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A picture beside words that say the same. An unknown name is an error."""
    parts = format_html_join(
        "", "<{}{}></{}>", ((tag, _attributes(given), tag) for tag, given in _drawings()[name])
    )
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', parts)


def _attributes(given: dict[str, str]) -> SafeString:
    return format_html_join("", ' {}="{}"', given.items())


@cache
def _drawings() -> dict[str, Drawing]:
    path = settings.FRONTEND_DIST / "icons.json"
    found: dict[str, Drawing] = json.loads(path.read_text())
    return found
