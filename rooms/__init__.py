"""The places where people talk: neighbourhoods, rooms with a charter, threads, messages, stances.

Owns: their models, the door to a room, the services that write and announce, the selectors
that read for screens. May import: people, eventlog, protocol, kernel, Django.
Never: sockets, moderation, agenda.
"""
