"""Members' names, codes, phone numbers and provinces, and the line of sponsors.

Pure, like all of core. Begin with `codes.py`.
"""
