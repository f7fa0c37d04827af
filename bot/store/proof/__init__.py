"""The integrity check: whether every rupiah balances and every counter equals a recount.

It collects the checks of the other packages of the store, and may import them. Begin with
`integrity.py`.
"""
