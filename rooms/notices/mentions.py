"""Names after an @. Pure; the page shows them by the same rules (frontend state/mentions.ts)."""

import re
from collections.abc import Iterable

_STARTS = re.compile(r"(?:^|(?<=[\s(\[{\"'“‘«]))@")
_ENDS = re.compile(r"\w")


def mentioned(text: str, names: Iterable[str]) -> set[str]:
    """Those of `names` that the text mentions; where several fit, the longest."""
    longest = sorted(names, key=len, reverse=True)
    found = (_named(text, at.end(), longest) for at in _STARTS.finditer(text))
    return {name for name in found if name}


def _named(text: str, start: int, names: list[str]) -> str | None:
    for name in names:
        end = start + len(name)
        same = text[start:end].casefold() == name.casefold()
        if same and not _ENDS.match(text[end : end + 1]):
            return name
    return None
