"""Reads for screens. They return protocol structs, ready for a page or a socket."""

from .days import first_since
from .events import events_after
from .opening import Window, opening, snapshot
from .polls import polls_now
from .tallies import tallies_since

__all__ = [
    "Window",
    "events_after",
    "first_since",
    "opening",
    "polls_now",
    "snapshot",
    "tallies_since",
]
