"""Names of a seller's customers: when two of them mean one person.

May import only core. Begin with `customer_keys.py`.
"""
