"""Takes a list of members over: written bit by bit, visible to all in one short commit.

May import `store.members`, `store.team` and `store.db`. Begin with `roster_plan.py`.
"""
