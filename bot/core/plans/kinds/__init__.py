"""The kinds of bonus rules, one module each.

Each turns the sales of a month into credits. Begin with `unilevel.py`.
"""
