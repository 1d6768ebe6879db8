"""What looking at a message costs: 10,000 words against Python's own `re`, and by its length.

    .venv/bin/python -m bench.screening

Prints milliseconds for a message and exits with 1 when a goal is missed: at most 1 ms for 2,000
characters, and eight times the length at most ten times the time.
"""

import random
import re
import statistics
import sys
import time
from collections.abc import Callable

from moderation.screening.lists import WordList, parsed
from moderation.screening.matching import Matcher

WORDS = 10_000
LENGTHS = (500, 1000, 2000, 4000, 8000, 16000, 32000, 64000)
ROUNDS = 15
MOST = 1.0  # ms
GROWTH = 10.0


def main() -> int:
    """0; 1 where a goal is missed."""
    rng = random.Random(7)
    words = sorted({_word(rng) for _ in range(WORDS * 2)})[:WORDS]
    head = "# name: Bench\n# language: nl\n# ground: insult\n"
    ours = Matcher([_list(head, words)])
    peer = re.compile(r"\b(" + "|".join(words) + r")\b", re.IGNORECASE)
    texts = {length: _text(rng, words, length) for length in LENGTHS}
    took = {length: _median(lambda t=text: ours.matches(t)) for length, text in texts.items()}
    of_re = _median(lambda: list(peer.finditer(texts[2000])))
    for length, ms in took.items():
        print(f"{length:>6} characters {ms:8.3f} ms")
    growth = took[64000] / took[8000]
    print(f"{WORDS:,} words, 2,000 characters: ours {took[2000]:.3f} ms, re {of_re:.3f} ms, "
          f"{of_re / took[2000]:.0f} x")  # fmt: skip
    print(f"64,000 characters take {growth:.1f} x what 8,000 take")
    return int(took[2000] > MOST or growth > GROWTH)


def _list(head: str, words: list[str]) -> WordList:
    return parsed(head + "\n".join(words))


def _word(rng: random.Random) -> str:
    return "".join(rng.choice("bcdfgklmnprst") + rng.choice("aeiou") for _ in range(4))


def _text(rng: random.Random, words: list[str], length: int) -> str:
    """Ordinary words, with one of the list among every hundred."""
    found: list[str] = []
    while sum(map(len, found)) + len(found) < length:
        found.append(rng.choice(words) if rng.random() < 0.01 else _word(rng)[: rng.randint(2, 7)])
    return " ".join(found)[:length]


def _median(run: Callable[[], object]) -> float:
    run()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())
