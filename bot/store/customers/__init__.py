"""The customers of each seller, and which entries are one person.

May import `store.db`. Begin with `customers.py`.
"""
