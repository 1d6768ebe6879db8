"""Every number that decides something, in one place; published with each agenda."""

from msgspec import Struct


class Parameters(Struct, frozen=True, kw_only=True):
    """Chosen on the sets of `make bench-summary`; one set for all rooms and both languages.

    Similarities run from 0 to 1.
    """

    version: str = "3"
    # What a message is described by: words, pieces of words, pairs of words, listed subjects.
    words: float = 0.5
    pieces: float = 0.5
    pairs: float = 0.2
    subjects: float = 0.3
    threads: float = 0.6  # where it stands in the conversation
    # A message borrows from its nearest, so that "stoep" and "trottoir" come to know each other.
    lenders: int = 10
    borrowed: float = 0.3
    rounds: int = 2
    company: float = 0.3  # weight of the company that words keep in this conversation
    dimensions: int = 100
    # Communities among nearest neighbours, taken apart until they hang together.
    neighbours: int = 15
    resolution: float = 0.8
    together: float = 0.2  # how much more alike than any two messages those of a need are
    enough: int = 300  # exchanges; among fewer, each has as many fewer lenders and neighbours
    typical: float = 0.3  # of the median likeness within a need; under it a message stays out
    newcomer: float = 0.5  # the same, for what no look has seen or could place
    loyal: float = 1.5  # an old message moves only to a need that fits it this much better
    fewest: int = 3  # messages, and people
    # A new look at everything: at each growth by this factor, and by `later` when there is more
    # than a look takes in; so many exchanges, so much work with each message (1: about 10 ms).
    first_fit: int = 8
    growth: float = 1.35
    later: float = 1.5
    sample: int = 2000
    work: float = 2.0
    same: float = 0.8  # words in common from which two sentences count as one
    sentences: int = 3
    minority: int = 2  # people behind a position from which it is shown
    trend_days: int = 30

    def near(self, most: int, size: int) -> int:
        """How many of the nearest to look at, among `size` in all: at most `most`."""
        return min(size, max(3, min(most, most * size // self.enough)))
