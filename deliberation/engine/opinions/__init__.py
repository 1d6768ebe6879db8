"""Opinion groups: who thinks alike, and what groups agree on, from stances alone.

Owns: who takes part (stances), where people stand (places), who stands together (groups), and
which statements tell (significance, telling). In the manner of Polis; knows no words.
May import: engine.shapes, numpy, scipy, scikit-learn, threadpoolctl. Never: Django, a clock.
"""

from .found import Found, explained, found, opinions, shown, statements
from .parameters import OpinionParameters

__all__ = ["Found", "OpinionParameters", "explained", "found", "opinions", "shown", "statements"]
