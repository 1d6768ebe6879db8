"""The peer that most Django projects start from: a plain Channels chat.

Owns a minimal Django project with one consumer, written as Channels' own documentation teaches:
one group per room, `group_send` to it, one handler call and one `send` per socket, on Daphne with
the in-memory layer. No sign-in, no rights, nothing stored.
May import Django and Channels. Never `deliberation`.
"""
