"""Sales with their lines, and the sellers' own notes on payment.

May import `store.db`. Begin with `sales.py`.
"""
