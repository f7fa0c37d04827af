"""Imports a company's list of members: written in parts, visible to all after one short commit.

May import `store.members`, `store.team` and `store.db`. Begin with `roster_plan.py`.
"""
