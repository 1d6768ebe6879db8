"""Telling people what concerns them: answers to their words and messages that mention them.

Owns: what a mention is (mentions), the follower that finds notices (following), reading them
(selector), and the mail with what is new (digest, tokens). May import: the models and the door of
rooms, people, kernel, Django. Never: sockets, moderation; anyone's words in logs.
"""
