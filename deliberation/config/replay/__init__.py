"""A conversation played live: its residents at their sockets, in time made shorter.

Owns: the programme of what happens when, the clients, and what became of each command. May
import: everything below the composition root. Never: the database while it plays; what it sends
goes through the server, as a browser's would.
"""
