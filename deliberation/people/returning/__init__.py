"""How a resident who lost their browser comes back: a link by mail, to an address they left.

Owns: such links (links), leaving an address and using one (addresses), the letters (letters).
May import: people, kernel, Django. Never: rooms, sockets; anyone's address in logs.
"""
