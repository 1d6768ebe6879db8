"""What is yours: seeing it, taking it along, changing your name, erasing it.

Owns: the overview of what one person wrote, its export, and the services that change or erase
a person everywhere at once. May import: rooms' models and access, people, eventlog, protocol,
kernel. Never: sockets, moderation.
"""
