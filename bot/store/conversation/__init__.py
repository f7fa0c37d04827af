"""The open conversation of each chat, and limits on what is tried or written too fast.

May import `store.db`. Begin with `sessions.py`.
"""
