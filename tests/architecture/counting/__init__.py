"""Counts what makes the code hard to read: `make counts` prints them, guards hold some of them.

`sources` reads the modules, `names` finds what has one name twice, `measures` counts the rest.
Only the text of the files is read, so a made-up tree can be counted as well.
"""
