"""The demonstration: an invented neighbourhood with residents, rooms and sign-ins.

Owns: the words in `*.json` and `*.jsonl`, and loading them through the ordinary services.
May import: everything below the composition root. Never: production; no real person is in it.
"""
