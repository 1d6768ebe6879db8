"""The structured summary: residents' contributions in, needs with their sources out.

Owns: what a need is made of (shapes), and how one is found. Pure and deterministic: the same log
and the same parameters give the same bytes. `update` reads the log, `agenda` says what stands now.
Small talk is left out (smalltalk, substance); what is left is described (features, describing) and
compared (likeness, products, company), grouped (communities, grouping) without reshuffling what
was there (memory, looking, placing) or what people decided (links), and worded with residents' own
sentences (sentences, reading, wording, finding) and numbers of people (counting).
May import: kernel, numpy, scipy, snowballstemmer, msgspec; opinions also scikit-learn.
Never: Django, sockets, a clock, the network.
"""

from .agenda import agenda
from .parameters import Parameters
from .shapes import Agenda, Contribution, Link
from .state import State
from .update import update

__all__ = ["Agenda", "Contribution", "Link", "Parameters", "State", "agenda", "update"]
