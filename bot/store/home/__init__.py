"""Which list of commands each chat was shown.

May import `store.db`.
"""
