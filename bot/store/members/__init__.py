"""Members, people who are none yet, their roles, and what is known of them.

May import `store.db`. Begin with `members.py`.
"""
