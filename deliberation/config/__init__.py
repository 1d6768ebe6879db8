"""The composition root: settings, addresses, and which service carries out which command.

The only package that knows all the others; none of them may import it.
"""
