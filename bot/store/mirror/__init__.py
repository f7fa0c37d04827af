"""How many customers were served, came again and were new, of a seller and of the company.

Begin with `customer_figures.py`.
"""
