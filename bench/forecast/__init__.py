"""Judges whether the list of a day chooses well, on made-up customers of made-up sellers.

`python -m bench.forecast` makes companies of customers who buy for reasons of their own
(`sellers.py`), lets the list choose on days of the past and counts who of the first seven bought
soon after (`judging.py`). The list sees only what a seller knew on that day.
"""
