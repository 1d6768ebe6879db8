"""Keeping a dialogue safe with due process: nothing is decided without a reason.

Owns: hiding, restoring and bans. May import: rooms, people, eventlog, protocol, kernel.
Never: live, agenda, sockets.
"""
