"""What a member is called and reached by: codes, names, provinces, the line of sponsors.

Pure, like all of core. Begin with `codes.py`.
"""
