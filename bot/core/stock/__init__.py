"""A member's own stock: what is much of it, how long it lasts, and what members type about it.

May import other packages of the core. Begin with `stock_levels.py`.
"""
