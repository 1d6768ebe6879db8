"""Posters: a room or a conversation on A4, with a code to scan.

Owns: the sheet, its code and its PDF. May import: the models and the door of rooms, kernel,
Django, segno, WeasyPrint. Never: anything from outside; the only file a sheet may read is our font.
"""
