"""Whether words can be read on what is behind them. Pure; after WCAG 2.2, 1.4.3 and 1.4.11."""

from collections.abc import Iterator, Mapping

WORDS, SHAPES = 4.5, 3.0  # the least contrast, of words and of borders and outlines
# In front, behind, the least contrast.
PAIRS = (
    *(("text", behind, WORDS) for behind in ("page", "surface", "surface-quiet")),
    *(("text", behind, WORDS) for behind in ("accent-soft", "staff-soft")),
    *(("text-quiet", behind, WORDS) for behind in ("page", "surface", "surface-quiet")),
    *(("on-accent", behind, WORDS) for behind in ("accent", "accent-hover")),
    *(("accent-text", behind, WORDS) for behind in ("page", "surface", "surface-quiet")),
    ("accent-text", "accent-soft", WORDS),
    ("staff", "staff-soft", WORDS),
    ("warning-text", "warning-soft", WORDS),
    *(("problem", behind, WORDS) for behind in ("page", "surface", "problem-soft")),
    *(("line-strong", behind, SHAPES) for behind in ("page", "surface")),
    *(("focus", behind, SHAPES) for behind in ("page", "surface", "surface-quiet")),
)


def too_weak(colours: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each pair of colours ("#rrggbb" by token) that can't be told apart enough."""
    for front, behind, least in PAIRS:
        found = contrast(colours[front], colours[behind])
        if found < least:
            yield f"{front} on {behind} has contrast {found:.2f}; it must be at least {least}"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours: from 1 (the same) to 21 (black and white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
