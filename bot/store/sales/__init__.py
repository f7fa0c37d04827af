"""Sales with their lines, and the customers they were made to.

May import `store.db` and `store.ledger`. Begin with `sales.py`.
"""
