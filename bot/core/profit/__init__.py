"""What a seller would earn at a price: reading the question, and reckoning the answer.

Knows sales and what people type, nothing else. Begin with `profit.py`.
"""
