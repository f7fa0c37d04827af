"""Rules for messages to many: broadcasts, tips, claims that may not be made, impostors.

Pure, like all of core. Begin with `broadcasts.py`.
"""
