"""Fills an empty database with a company of any size, for trying out and measuring.

May import other packages of the store. Begin with `seed_copy.py`.
"""
