"""Reads a sale typed in one line, and works out its totals.

`tokens` to `line_items` to `buyers` to `quick_entry`: a small reader in four steps. Begin with
`quick_entry.py`.
"""
