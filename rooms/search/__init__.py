"""Finding words back in a room.

Owns: what a word is (words), what someone asks (query), where it stands in a text (excerpt), the
index inside the database (index, sqlite, postgres), and the look-up (selector).
May import: the models and the door of rooms, protocol, kernel, Django.
Never: a second store of words: the database's own triggers keep the index in the transaction that
changes a message, so nothing can be found that is no longer shown.
"""
