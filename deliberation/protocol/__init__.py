"""The wire: every frame that crosses it, as one closed struct a case.

Owns: commands, events, replies, their shapes, the codec, and the pure fold of events into a
snapshot. May import: kernel, msgspec. Never: Django, Channels, Redis, asyncio.
"""
