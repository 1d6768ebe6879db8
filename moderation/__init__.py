"""Keeping a dialogue safe with due process: nothing is decided without a ground and a reason.

Owns: hiding, restoring, bans, the decisions about them, appeals and the ledger. May import: rooms,
people, eventlog, protocol, kernel. Never: live, agenda, sockets.
"""
