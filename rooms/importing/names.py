"""Names for residents whose own names we don't have, and don't want. Pure.

"Bewoner Koolmees 17": clearly no real name, easy to tell apart and to remember.
"""

from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from zlib import crc32

WORDS = tuple(Path(__file__).with_name("names.txt").read_text(encoding="utf-8").split())


def fresh_names(conversation: str, *, taken: Iterable[str]) -> Iterator[str]:
    """Names without end, each once, none of them in `taken`.

    The same conversation gets the same names in the same order; another one starts elsewhere.
    """
    used = set(taken)
    start = crc32(conversation.encode()) % len(WORDS)
    for place in count():
        # A step without a common factor visits every word before the next round of numbers.
        word = WORDS[(start + place * 37) % len(WORDS)]
        name = f"Bewoner {word} {place // len(WORDS) + 1}"
        if name not in used:
            yield name
