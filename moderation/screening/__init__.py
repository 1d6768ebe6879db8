"""What in a message a person should look at: word lists and other signs, each of which says why.

Pure: no database, no clock. Nothing here decides; at most it says that a message may wait for a
short while, on the grounds of `moderation.grounds` that allow so.
"""
