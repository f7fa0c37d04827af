"""Broadcasts, their audience, and the letter of each recipient.

May import `store.db` and `store.queue`. Begin with `broadcasts.py`.
"""
