"""The tree of sponsors: walking it, searching it, counting it.

May import `store.db` and `store.ledger`. Begin with `walk.py`.
"""
