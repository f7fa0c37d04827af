"""Fills an empty database with a company of any size, for trying out and measuring.

May import other rooms of the store. Begin with `founding.py`.
"""
