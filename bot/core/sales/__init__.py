"""Reads a sale typed in one line, and computes its totals.

`tokens`, `line_items`, `buyers` and `quick_entry` form a small parser in four steps. Begin with
`quick_entry.py`.
"""
