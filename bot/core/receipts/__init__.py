"""What the office types about recorded sales. Pure.

May import the inputs, the calendar and the sales of core. Begin with `search_words.py`.
"""
