"""The tree of sponsors: walks, searches and counters.

May import `store.db` and `store.ledger`. Begin with `walk.py`.
"""
