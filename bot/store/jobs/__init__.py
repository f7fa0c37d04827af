"""Long work: its request, its progress and its result.

May import `store.db`. Begin with `jobs.py`.
"""
