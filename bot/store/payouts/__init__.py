"""What the company has paid to its members out of their wallets, one by one or by a list.

May import `store.db`, `store.ledger` and `store.bonus`. Begin with `payouts.py`.
"""
