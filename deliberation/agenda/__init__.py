"""The standing needs agenda: what residents ask for, with sources, and the answers owed.

Owns: needs, their evidence, wording and life, suggestions, support, answers, contests, versions;
the follower that reads rooms for the engine. May import: rooms, people, eventlog, protocol,
engine, kernel. Never: live, moderation, sockets.
"""
