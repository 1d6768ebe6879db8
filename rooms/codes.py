"""Six characters that people read from a wall and type on a phone. Pure."""

import random

# Without what looks like something else: 0 O, 1 I L, 2 Z, 5 S, 8 B; and without vowels, so that
# no word comes out.
LETTERS = "CDFGHJKMNPQRTVWXY34679"
LENGTH = 6


def new_code(rng: random.Random) -> str:
    """A code; there are over a hundred million."""
    return "".join(rng.choice(LETTERS) for _ in range(LENGTH))


def tidy(typed: str) -> str:
    """What someone typed, without spaces and hyphens and in capitals."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def spaced(code: str) -> str:
    """As it stands on a wall: two groups of three."""
    return f"{code[:3]} {code[3:]}"
