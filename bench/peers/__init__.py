"""The servers we are measured against, each the way its own documentation shows it.

Owns the peers' code. Never imports `deliberation`, nor is imported by it.
"""
