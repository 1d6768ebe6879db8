"""Reads for screens. They return protocol structs, ready for a page or a socket."""

from .events import events_after
from .opening import Window, opening, snapshot
from .tallies import tallies_since

__all__ = ["Window", "events_after", "opening", "snapshot", "tallies_since"]
