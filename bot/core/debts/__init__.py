"""What customers owe a seller.

May import only core. Begin with `debts.py`.
"""
