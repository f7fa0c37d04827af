"""The ledger in whole rupiah, the months, and the monthly volumes of members and groups.

May import `store.db`. Begin with `ledger.py`.
"""
