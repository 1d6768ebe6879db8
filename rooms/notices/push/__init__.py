"""Notices on a device, also while the site is closed: Web Push (RFC 8030, 8291 and 8292).

Owns: our keys (keys), what only the browser can read (sealing), which addresses we call (guard),
the one request (delivery), which device hears what and when (sending), and the devices of a person
(devices). May import: the models of rooms, people, kernel, Django. Never: another service than the
one that the browser itself chose; anyone's words, names or addresses in logs.
"""
