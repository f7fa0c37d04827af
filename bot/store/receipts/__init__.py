"""What a recorded sale was before it was changed.

May import `store.db` and `store.sales`. Begin with `sale_versions.py`.
"""
