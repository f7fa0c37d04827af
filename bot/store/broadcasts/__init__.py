"""Broadcasts, their audience, and the outbox message of each recipient.

May import `store.db` and `store.queue`. Begin with `broadcasts.py`.
"""
