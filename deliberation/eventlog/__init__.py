"""The log of what happened, numbered without gaps per stream; everything else reads it.

Owns: streams, events, the transaction in which they are written, and the doorbell that rings
after commit. May import: protocol, kernel, Django. Never: sockets, rooms, people.
"""
