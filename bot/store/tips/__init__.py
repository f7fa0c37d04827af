"""When each member's next tip is due, which ones were given, and consent.

May import `store.db`. Begin with `tips.py`.
"""
