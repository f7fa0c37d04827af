"""The rights of a person over their own data: a copy of it.

May import store and core. Begin with `own_copy.py`.
"""
