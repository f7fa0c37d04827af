"""The open conversation of each chat, failed attempts, and flood control.

May import `store.db`. Begin with `sessions.py`.
"""
