"""When each member's next tip is due, which tips were delivered, and consents.

May import `store.db`. Begin with `tips.py`.
"""
