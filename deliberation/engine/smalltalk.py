"""What belongs to a chat and is no need: greetings, thanks, laughter; and short agreement."""

import re
from functools import cache

from .words import LANGUAGES, data, plain

_EDGES = re.compile(r"^[^\w+😂]+|[^\w+😂]+$")
_MENTION = re.compile(r"(?:^|(?<=\s))@[^\s@,.!?]+")


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    patterns = [one for lang in LANGUAGES for one in data("smalltalk")[kind][lang]]
    return re.compile("|".join(f"(?:{one})" for one in patterns))


def _bare(text: str) -> str:
    return _EDGES.sub("", _MENTION.sub("", plain(text)))


def is_agreement(text: str) -> bool:
    """Whether this is all it says: "+1", "ja, hier ook", "good point"."""
    return _pattern("agree").fullmatch(_bare(text)) is not None


def is_talk(text: str) -> bool:
    """Whether this is a greeting, thanks or laughter, or has no words at all."""
    bare = _bare(text)
    return not re.search(r"\w", bare) or _pattern("talk").fullmatch(bare) is not None
