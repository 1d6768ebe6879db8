"""What a writer may want to think about before sending. It asks, and never blocks."""

from dataclasses import dataclass
from datetime import datetime

from .screening.seen import Kind, Seen
from .watchlists import screen

_HEATED = ("insult", "hate", "threat")


@dataclass(frozen=True)
class Tone:
    """Pieces of the text, each once: what may come across hard, and what is private."""

    heated: list[str]
    private: list[str]


def tone(text: str, *, at: datetime) -> Tone:
    hits = screen(at).hits(Seen(text))
    heated = [
        text[one.start : one.end]
        for one in hits
        if one.kind == Kind.WORDS and one.ground in _HEATED
    ]
    private = [text[one.start : one.end] for one in hits if one.kind == Kind.PRIVATE]
    return Tone(list(dict.fromkeys(heated)), list(dict.fromkeys(private)))
