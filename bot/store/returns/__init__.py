"""Goods that came back: what was returned, what it took from bonuses, and who owes since.

May import `store.db`, `store.ledger` and core. Begin with `returns.py`.
"""
