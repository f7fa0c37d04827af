"""Copies, restoring, and the seal that ties a database to its bot.

May import other rooms of the store. Begin with `backup.py`.
"""
