"""The list of commands that each chat shows.

May import `store.db`.
"""
