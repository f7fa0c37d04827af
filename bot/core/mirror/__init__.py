"""A month in the mirror: how many customers were served, came again, were new.

Knows days and numbers, no customer. Begin with `mirror_figures.py`.
"""
