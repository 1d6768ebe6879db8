"""The structured summary: residents' contributions in, needs with their sources out.

Owns: what a need is made of (shapes), and how one is found (update, agenda). Pure and
deterministic: the same log and the same parameters give the same bytes.
May import: kernel, numpy, scipy, scikit-learn. Never: Django, sockets, a clock, the network.
"""
