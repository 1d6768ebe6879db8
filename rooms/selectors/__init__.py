"""Reads for screens. They return protocol structs, ready for a page or a socket."""

from .days import first_since
from .events import events_after
from .opening import Window, opening, snapshot
from .tallies import tallies_since

__all__ = ["Window", "events_after", "first_since", "opening", "snapshot", "tallies_since"]
