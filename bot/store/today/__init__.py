"""What the list of a day is made of, who stood on it, and when it goes out.

May import `store.db`. Begin with `today_items.py`.
"""
