"""Credits, wallets, ranks and the closing of months.

May import `store.db` and `store.ledger`. Begin with `closing.py`.
"""
