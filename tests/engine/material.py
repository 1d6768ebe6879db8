"""Conversations to test the engine with: the chats that its bench is measured on."""

from functools import cache
from itertools import count
from pathlib import Path

from deliberation.engine import Contribution
from deliberation.engine.lines import read

CHATS = Path(__file__).parents[2] / "bench" / "summary" / "data"


@cache
def chat(name: str) -> tuple[Contribution, ...]:
    lines = (CHATS / name / "messages.jsonl").read_text("utf-8").splitlines()
    return tuple(read(line).contribution for line in lines)


def said(*texts: str, lang: str = "nl") -> list[Contribution]:
    """Statements, each of another person, an hour apart."""
    numbers = count()
    return [
        Contribution(id=f"m{n}", author=f"p{n}", at=3600.0 * n, text=text, lang=lang)
        for n, text in zip(numbers, texts, strict=False)
    ]
