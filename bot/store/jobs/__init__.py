"""Long work: what is wished, how far it is, what came of it.

May import `store.db`. Begin with `jobs.py`.
"""
