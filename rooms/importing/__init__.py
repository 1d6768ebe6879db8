"""Conversations from elsewhere: read from files, stored as any other conversation.

Owns: reading Polis exports and JSON lines (`polis`, `jsonl`; no database), and storing what was
read (`store`). May import: rooms, people, eventlog, protocol, kernel. Never: sockets, the command
line.
"""
