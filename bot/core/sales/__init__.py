"""Reads a sale typed in one line, and computes its totals.

`quick_entry` tells whether a line is a sale and reads it, with the parts in `line`; begin there.
`turning_words` are the words by which it is none.
"""
