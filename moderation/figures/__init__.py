"""The public account of moderation: how much was decided, why, how fast, and how often undone."""
