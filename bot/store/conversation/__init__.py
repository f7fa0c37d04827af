"""The open conversation of each chat, failed attempts, flood control, and unclear texts.

May import `store.db`. Begin with `sessions.py`.
"""
