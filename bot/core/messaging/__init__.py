"""Rules for messages to many people: broadcasts, tips, forbidden claims, impostors, retries.

Pure, like all of core. Begin with `broadcasts.py`.
"""
