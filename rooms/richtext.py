"""Rich text by staff: room introductions. The only module that knows the HTML cleaner.

Residents' words never come here. Markdown without raw HTML makes the HTML, and a short list
of tags is all that is left of it.
"""

import bleach
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = frozenset({"p", "br", "strong", "em", "ul", "ol", "li", "h2", "h3", "blockquote", "a"})
ATTRIBUTES = {"a": ["href"]}
PROTOCOLS = frozenset({"https", "http", "mailto"})

_markdown = MarkdownIt("commonmark", {"html": False})


def html(markdown: str) -> SafeString:
    """Clean HTML for a Markdown text; empty for an empty one."""
    rendered = _markdown.render(markdown)
    clean: str = bleach.clean(
        rendered, tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True
    )
    return mark_safe(clean.strip())  # noqa: S308 - cleaned on the line above
