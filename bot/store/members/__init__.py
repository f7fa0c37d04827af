"""Members, people who are not members yet, roles, and what is on record about each.

May import `store.db`. Begin with `members.py`.
"""
