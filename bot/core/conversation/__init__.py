"""The replay engine of conversations, and what a message is.

A conversation is a generator that is played from its start with the answers so far. Begin with
`replay.py`.
"""
