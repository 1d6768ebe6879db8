"""Side-by-side measurements against named peers.

Owns the peers, the load generator, the scenarios with their targets, the table and the plot.
May import the standard library and measuring tools; it meets `deliberation` only from outside,
through its command line, its environment settings and its sockets. Never imported by the product.
"""
