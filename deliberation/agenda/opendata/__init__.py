"""What anyone may take along: messages, versions and figures as files; and checking them.

Owns: the lines of an export, its files and its archive, reading one back, what it proves. Words
are those that everyone can read at this moment. May import: the rest of the agenda. Never: who
wrote or who took a stance, in any form that leads back to a person.
"""
