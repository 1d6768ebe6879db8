"""The structured summary: residents' contributions in, needs with their sources out.

Owns: what a need is made of (shapes), and how one is found. Pure and deterministic: the same log
and the same parameters give the same bytes. `update` reads the log, `agenda` says what stands now.
Small talk is left out (smalltalk, substance); what is left is described (words, features), placed
(likeness), grouped (grouping, looking) without reshuffling what was there (memory), and worded
with residents' own sentences (sentences, wording) and numbers of people (counting).
May import: kernel, numpy, scipy, scikit-learn, sparse-dot-topn, snowballstemmer, msgspec.
Never: Django, sockets, a clock, the network.
"""

from .agenda import agenda
from .parameters import Parameters
from .shapes import Agenda, Contribution
from .state import State
from .update import update

__all__ = ["Agenda", "Contribution", "Parameters", "State", "agenda", "update"]
