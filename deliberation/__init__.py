"""A server for ongoing, moderated neighbourhood dialogues."""

__version__ = "0.1.0"
