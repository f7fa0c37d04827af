"""Copies, restoring, the seal that ties a database to its bot, and checks of integrity.

May import other rooms of the store. Begin with `backup.py`.
"""
