"""Double-entry accounts in whole rupiah, the months, and the sales volume of each line.

May import `store.db`. Begin with `ledger.py`.
"""
