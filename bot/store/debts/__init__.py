"""What customers owe a seller, and the payments that she noted.

May import `store.db`. Begin with `debts.py`.
"""
