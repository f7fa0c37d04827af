"""The replay engine of conversations, and the base classes of messages and questions.

A conversation is a generator that is run from its start with the answers so far. Begin with
`replay.py`.
"""
