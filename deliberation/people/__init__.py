"""Who takes part: persons, their roles, how they sign in, who is kept out for a while.

Owns: accounts and bans. May import: eventlog, protocol, kernel, Django, allauth.
Never: rooms, sockets.
"""
