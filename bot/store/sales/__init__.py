"""Sales with their lines, and the customers they were made to.

May import `store.db`. Begin with `sales.py`.
"""
