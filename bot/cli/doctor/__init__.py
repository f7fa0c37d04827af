"""`doctor`: is everything as it should be, and what to do where it is not.

`checks.py` lists the checks; a finding says what is wrong, where, and the next step. Begin there.
"""
