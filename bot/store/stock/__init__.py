"""A member's own stock: what came in, what was counted, and what is left of each article.

May import `store.db`, `store.members` and core. Begin with `stock_sums.py`.
"""
