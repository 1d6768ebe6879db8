"""Packages for the council: a need, a version or a quarter as a document, a table, and data.

Owns: what stands in one, and drawing it. Words of residents as they are shown at this moment, never
with a name: "a resident, 3 March 2026". May import: the rest of the agenda; rooms.posters to draw.
"""
