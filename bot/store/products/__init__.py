"""The price list, and the prices of each day.

May import `store.db`. Begin with `products.py`.
"""
