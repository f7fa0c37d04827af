"""Backup copies, restoring, and the seal that ties a database to its bot.

May import other packages of the store. Begin with `backup.py`.
"""
