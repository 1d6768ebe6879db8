"""Every number that decides something, in one place; published with each agenda."""

from msgspec import Struct


class Parameters(Struct, frozen=True, kw_only=True):
    """Chosen on the sets of `make bench-summary`; one set for all rooms and both languages.

    Similarities run from 0 to 1.
    """

    version: str = "1"
    # What a message is described by: weight of a subject, of its theme, of pieces of words.
    subject: float = 1.3
    theme: float = 0.6
    pieces: float = 0.3
    # A message borrows from its nearest, so that "stoep" and "trottoir" come to know each other.
    neighbours: int = 20
    borrowed: float = 0.6
    rounds: int = 3
    kept: int = 64  # features of a message
    dimensions: int = 100
    # Groups join while their messages are on average at least this much alike.
    alike: float = 0.26
    typical: float = 0.35  # of the median likeness within a need; under it a message stays out
    loyal: float = 1.25  # an old message moves only to a need that fits it this much better
    fewest: int = 3  # messages, and people
    # A new look at everything: at each growth by this factor; at most this many messages.
    first_fit: int = 8
    growth: float = 1.3
    sample: int = 4000
    same: float = 0.8  # words in common from which two sentences count as one
    sentences: int = 3
    minority: int = 2  # people behind a position from which it is shown
    trend_days: int = 30
