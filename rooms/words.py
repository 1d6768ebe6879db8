"""A refusal in words, in the reader's language."""

from deliberation.people.words import sentence

__all__ = ["sentence"]
