"""The load generator: the same for every server.

Owns the wires (how each server is greeted and how a post is framed), connecting, and the loop in C
that posts, reads and checks every delivery.
May import the standard library, numpy. Never anything of a particular scenario or of the product.
"""
