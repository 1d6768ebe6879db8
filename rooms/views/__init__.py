"""Pages and plain forms: everything works without scripts.

A view finds the person and the room, calls one service and answers with a redirect, or shows
the page again with the text kept and the refusal in words.
"""
