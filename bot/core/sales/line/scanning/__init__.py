"""Splits a line about a sale into tokens. Begin with `tokens.py`."""
