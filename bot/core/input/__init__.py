"""Reads what people type: amounts, quantities, days, months, yes and no.

Every reader is linear in the length of its text. Begin with `typed.py`.
"""
