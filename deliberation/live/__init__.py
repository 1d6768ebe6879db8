"""The live room: sockets, the writer that groups commits, the hub that fans events out.

Owns: everything between a socket and a service. May import: rooms, people, eventlog,
protocol, kernel, Channels. Never: what a command means; the composition root hands that in.
"""
