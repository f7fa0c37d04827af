"""Whom a seller should think of today, and why.

Pure: knows neither Telegram nor the database. Begin with `day_list.py`; `forecast.py` is about the
next order of a customer.
"""
