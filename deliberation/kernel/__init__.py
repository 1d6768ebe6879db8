"""The pure ground under everything: clock, identifiers, text rules, refusals.

Owns: what needs no data to decide. May import: the standard library. Never: Django,
Channels, Redis, asyncio, or anything else of ours.
"""
