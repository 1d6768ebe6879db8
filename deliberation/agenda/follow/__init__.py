"""The follower of the agenda: from what is said in rooms to needs with their sources.

Owns: the cursors over the rooms' logs, what the engine remembers of each, and how its view is
laid beside what is stored. No queue: a loop that can stop anywhere and begin again.

`told` puts right at once what was hidden or changed; `reading` follows what is new, in its own
time. `matching`, `plan` and `offers` decide, without data; `stored` reads and `storing` writes.
May import: the agenda's models, payloads and services, engine, rooms, eventlog. Never: sockets.
"""

from .follower import Follower, agenda_follow

__all__ = ["Follower", "agenda_follow"]
